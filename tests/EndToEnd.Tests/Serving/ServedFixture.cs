namespace Smcp.EndToEnd.Serving;

/// <summary>One running Smcp for all tests that only need some server.</summary>
public sealed class ServedFixture : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("smcp-").FullName;
    private Standalone? _standalone;

    /// <summary>The fixture server's endpoint: every feature of the protocol.</summary>
    public Uri Everything => Running.Endpoint("everything");

    /// <summary>The base address.</summary>
    public Uri Url => Running.Url;

    private Standalone Running => _standalone ?? throw new InvalidOperationException("Not started.");

    public async Task InitializeAsync() => _standalone = await Standalone.StartAsync(_data);

    public async Task DisposeAsync()
    {
        if (_standalone is not null)
        {
            await _standalone.DisposeAsync();
        }

        Directory.Delete(_data, recursive: true);
    }
}
