using System.Globalization;

namespace Smcp;

/// <summary>Reads one event stream line by line.</summary>
internal sealed class SseClient(HttpResponseMessage response) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private System.IO.StreamReader? _lines;

    public HttpResponseMessage Response => response;

    public List<string> Comments { get; } = [];

    public int? Retry { get; private set; }

    public static async Task<SseClient> OpenAsync(GatewayHost host, HttpRequestMessage request) =>
        new(await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));

    /// <summary>The next event; null at the end of the stream.</summary>
    public async Task<SseEvent?> NextAsync(string awaited)
    {
        _lines ??= new System.IO.StreamReader(await response.Content.ReadAsStreamAsync());
        string? id = null;
        List<string>? data = null;
        while (true)
        {
            var line = await ReadLineAsync(awaited);
            if (line is null)
            {
                return null;
            }

            if (line.Length == 0)
            {
                if (data is not null)
                {
                    return new SseEvent(id, string.Join('\n', data));
                }
            }
            else if (line[0] == ':')
            {
                Comments.Add(line);
            }
            else
            {
                var (name, value) = Split(line);
                switch (name)
                {
                    case "id":
                        id = value;
                        break;
                    case "retry":
                        Retry = int.Parse(value, CultureInfo.InvariantCulture);
                        break;
                    case "data":
                        (data ??= []).Add(value);
                        break;
                    default:
                        Assert.Fail($"The stream has a field {name}.");
                        break;
                }
            }
        }
    }

    /// <summary>The next comment line.</summary>
    public async Task CommentAsync(string awaited)
    {
        _lines ??= new System.IO.StreamReader(await response.Content.ReadAsStreamAsync());
        while (await ReadLineAsync(awaited) is { } line)
        {
            if (line.StartsWith(':'))
            {
                return;
            }
        }

        Assert.Fail($"The stream ended before {awaited}.");
    }

    public void Dispose() => response.Dispose();

    private async Task<string?> ReadLineAsync(string awaited)
    {
        try
        {
            return await _lines!.ReadLineAsync().WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Nothing came in {Patience} while waiting for {awaited}.");
            return null;
        }
    }

    private static (string Name, string Value) Split(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return (line[..colon], line[(colon + 1)..].TrimStart(' '));
    }
}
