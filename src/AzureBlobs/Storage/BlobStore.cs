using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Smcp.Storage;

/// <summary>
/// The container, over the service's REST interface. It is opened by whoever uses it first.
/// </summary>
internal sealed partial class BlobStore : IDisposable
{
    private const string ServiceVersion = "2021-12-02";
    private const string VersionHeader = "x-ms-meta-version";

    private readonly BlobAccount _account;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly ILogger<BlobStore> _logger;
    private readonly SemaphoreSlim _gate = new(1);
    private volatile bool _isOpen;
    private int _failing;

    public BlobStore(IOptions<BlobOptions> options, TimeProvider time, ILogger<BlobStore> logger)
    {
        (Options, _time, _logger) = (options.Value, time, logger);
        _account = BlobAccount.Parse(Options.ConnectionString);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            MaxConnectionsPerServer = Options.ConnectionsMax,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        _http = new HttpClient(handler) { Timeout = Options.RequestTimeout };
    }

    public BlobOptions Options { get; }

    /// <exception cref="StorageStartException">The container cannot be used: a sentence for the operator.</exception>
    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        if (_isOpen)
        {
            return;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_isOpen)
            {
                await BlobSchema.OpenAsync(this, cancellationToken);
                LogOpened(Options.Container, _account.Endpoint.Host, BlobSchema.Version);
                _isOpen = true;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Makes the container; it may be there.</summary>
    public async Task MakeContainerAsync(CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(
            () => new HttpRequestMessage(HttpMethod.Put, Address(null, "?restype=container")), cancellationToken);
        Require(answer, HttpStatusCode.Created, HttpStatusCode.Conflict);
    }

    /// <summary>A blob, or null.</summary>
    public async Task<BlobContent?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(
            () => new HttpRequestMessage(HttpMethod.Get, Address(name)), cancellationToken);
        Require(answer, HttpStatusCode.OK, HttpStatusCode.NotFound);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        var bytes = await ReachAsync(() => answer.Content.ReadAsByteArrayAsync(cancellationToken), cancellationToken);
        return new BlobContent(bytes, TagOf(answer), VersionOf(answer));
    }

    /// <summary>The tag and number of a blob, or null.</summary>
    public async Task<BlobContent?> FindAsync(string name, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(
            () => new HttpRequestMessage(HttpMethod.Head, Address(name)), cancellationToken);
        Require(answer, HttpStatusCode.OK, HttpStatusCode.NotFound);
        return answer.StatusCode == HttpStatusCode.NotFound
            ? null
            : new BlobContent(default, TagOf(answer), VersionOf(answer));
    }

    /// <summary>
    /// Writes a blob whole. With a tag, if it still has it; with none, if there is none of the name. The new tag, or
    /// null where that is not so.
    /// </summary>
    public Task<string?> WriteAsync(
        string name, ReadOnlyMemory<byte> bytes, long version, string? tag, CancellationToken cancellationToken) =>
        PutAsync(
            name,
            (bytes, version),
            headers => (tag is null ? headers.IfNoneMatch : headers.IfMatch).Add(
                tag is null ? EntityTagHeaderValue.Any : EntityTagHeaderValue.Parse(tag)),
            cancellationToken);

    /// <summary>Writes a blob whole, whatever stands there.</summary>
    public Task PutAsync(
        string name, ReadOnlyMemory<byte> bytes, long version, CancellationToken cancellationToken) =>
        PutAsync(name, (bytes, version), static _ => { }, cancellationToken);

    /// <summary>
    /// Removes a blob; with a tag, if it still has it. False where it has not, or where there is none.
    /// </summary>
    public async Task<bool> RemoveAsync(string name, string? tag, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Delete, Address(name));
                if (tag is not null)
                {
                    request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(tag));
                }

                return request;
            },
            cancellationToken);
        Require(answer, HttpStatusCode.Accepted, HttpStatusCode.NotFound, HttpStatusCode.PreconditionFailed);
        return answer.StatusCode == HttpStatusCode.Accepted;
    }

    /// <summary>
    /// Names that begin with a prefix, in order. With a delimiter, what they have up to it behind the prefix, each
    /// once.
    /// </summary>
    public async Task<BlobPage> ListAsync(
        string prefix, string? delimiter, string? marker, CancellationToken cancellationToken)
    {
        var query = $"?restype=container&comp=list&prefix={Uri.EscapeDataString(prefix)}"
            + (delimiter is null ? string.Empty : $"&delimiter={Uri.EscapeDataString(delimiter)}")
            + (marker is null ? string.Empty : $"&marker={Uri.EscapeDataString(marker)}");
        using var answer = await SendAsync(
            () => new HttpRequestMessage(HttpMethod.Get, Address(null, query)), cancellationToken);
        Require(answer, HttpStatusCode.OK);
        var text = await ReachAsync(() => answer.Content.ReadAsStringAsync(cancellationToken), cancellationToken);
        var page = XDocument.Parse(text.TrimStart('\uFEFF')).Root!;
        var names = page.Element("Blobs")!.Elements()
            .Where(found => found.Name == (delimiter is null ? "Blob" : "BlobPrefix"))
            .Select(found => found.Element("Name")!.Value);
        var next = page.Element("NextMarker")?.Value;
        return new BlobPage([.. names], string.IsNullOrEmpty(next) ? null : next);
    }

    public void Dispose()
    {
        _http.Dispose();
        _gate.Dispose();
    }

    private async Task<string?> PutAsync(
        string name,
        (ReadOnlyMemory<byte> Bytes, long Version) content,
        Action<HttpRequestHeaders> condition,
        CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Put, Address(name))
                {
                    Content = new ReadOnlyMemoryContent(content.Bytes),
                };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
                request.Headers.Add("x-ms-blob-type", "BlockBlob");
                request.Headers.Add(VersionHeader, content.Version.ToString(CultureInfo.InvariantCulture));
                condition(request.Headers);
                return request;
            },
            cancellationToken);
        Require(
            answer,
            HttpStatusCode.Created,
            HttpStatusCode.Conflict,
            HttpStatusCode.NotFound,
            HttpStatusCode.PreconditionFailed);
        return answer.StatusCode == HttpStatusCode.Created ? TagOf(answer) : null;
    }

    /// <summary>
    /// Sends, and again where the service did nothing (it is busy) or changes nothing (a read).
    /// </summary>
    private async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            using var request = make();
            var mayRepeat = tries < Options.TriesMax;
            var isRead = request.Method == HttpMethod.Get || request.Method == HttpMethod.Head;
            try
            {
                request.Headers.Add("x-ms-version", ServiceVersion);
                _account.Authorize(request, _time);
                var answer = await _http.SendAsync(request, cancellationToken);
                if (!mayRepeat || !IsPassing(answer.StatusCode, isRead))
                {
                    return answer;
                }

                answer.Dispose();
            }
            catch (Exception exception) when (IsLost(exception, cancellationToken))
            {
                if (!mayRepeat || !isRead)
                {
                    throw Unavailable(exception.Message, exception);
                }
            }

            await Task.Delay(Options.RetryPause * (1 << (tries - 1)), _time, cancellationToken);
        }
    }

    private static bool IsPassing(HttpStatusCode status, bool isRead) =>
        status == HttpStatusCode.ServiceUnavailable
            || isRead && status is HttpStatusCode.InternalServerError or HttpStatusCode.GatewayTimeout;

    private static bool IsLost(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException
            || exception is OperationCanceledException && !cancellationToken.IsCancellationRequested;

    private async Task<T> ReachAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (IsLost(exception, cancellationToken) || exception is IOException)
        {
            throw Unavailable(exception.Message, exception);
        }
    }

    private void Require(HttpResponseMessage answer, params ReadOnlySpan<HttpStatusCode> expected)
    {
        if (!expected.Contains(answer.StatusCode))
        {
            var code = answer.Headers.TryGetValues("x-ms-error-code", out var codes) ? codes.First() : "no code";
            throw Unavailable($"it answered {(int)answer.StatusCode} ({code})", null);
        }

        if (Volatile.Read(ref _failing) != 0 && Interlocked.Exchange(ref _failing, 0) != 0)
        {
            LogRecovered();
        }
    }

    private StorageUnavailableException Unavailable(string reason, Exception? exception)
    {
        if (Interlocked.Exchange(ref _failing, 1) == 0)
        {
            LogFailing(reason, exception);
        }

        return new StorageUnavailableException($"The blob service cannot be used: {reason}", exception);
    }

    private Uri Address(string? name, string query = "") =>
        new(_account.Endpoint, Options.Container + (name is null ? string.Empty : "/" + name) + query);

    private static string TagOf(HttpResponseMessage answer) =>
        answer.Headers.ETag?.ToString() ?? throw new HttpRequestException("The service gave no tag.");

    private static long VersionOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues(VersionHeader, out var found)
            && long.TryParse(found.First(), CultureInfo.InvariantCulture, out var version)
            ? version
            : 0;
}
