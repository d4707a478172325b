using Microsoft.Extensions.Options;
using Smcp.TestSupport;

namespace Smcp;

/// <summary>Countries over HTTP, told of clients by a proxy on this machine.</summary>
public sealed class CountryTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();
    private readonly ManualTimeProvider _clock = new();

    public CountryTests() => Put(new MmdbBuilder().Nested("203.0.113.0/24", "CH").Flat("192.0.2.0/24", "FR").Build());

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("Allowed", "CH", "Refuse", "203.0.113.1", 200)]
    [InlineData("Allowed", "ch", "Refuse", "203.0.113.1", 200)]
    [InlineData("Allowed", "CH", "Refuse", "192.0.2.1", 403)]
    [InlineData("Denied", "CH", "Refuse", "203.0.113.1", 403)]
    [InlineData("Denied", "CH", "Refuse", "192.0.2.1", 200)]
    [InlineData("Denied", "CH", "Refuse", "198.51.100.1", 403)]
    [InlineData("Denied", "CH", "Allow", "198.51.100.1", 200)]
    [InlineData("Allowed", "CH", "Refuse", "127.0.0.1", 200)]
    public async Task Client_IsAdmitted_WhenItsCountryIs(
        string list, string country, string unknown, string client, int expected)
    {
        await using var host = await StartAsync(
            ($"Network:Countries{list}:0", country), ("Network:UnknownCountries", unknown));

        Assert.Equal(expected, await AskAsync(host, client));
    }

    [Fact]
    public async Task File_IsReadAgain_WhenItWasReplacedByAGoodOne()
    {
        await using var host = await StartAsync(("Network:CountriesAllowed:0", "CH"));
        Assert.Equal(403, await AskAsync(host, "192.0.2.1"));

        Put([1, 2, 3]);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(200, await AskAsync(host, "203.0.113.1"));
        Put(new MmdbBuilder().Flat("192.0.2.0/24", "CH").Build());
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(200, await AskAsync(host, "192.0.2.1"));
        Assert.Equal(403, await AskAsync(host, "203.0.113.1"));
    }

    [Theory]
    [InlineData("Network:CountryDatabase", "missing.mmdb")]
    [InlineData("Network:CountriesAllowed:0", "CHE")]
    [InlineData("Network:CountryDatabase", null)]
    public async Task Start_FailsWithASentence_WhenListOrFileIsNone(string key, string? value)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => StartAsync(("Network:CountriesDenied:1", "FR"), (key, value!)));

        Assert.Single(failure.Failures);
    }

    private Task<GatewayHost> StartAsync(params (string, string)[] settings) => GatewayHost.StartAsync(
        _clock,
        [
            .. new Dictionary<string, string>
            {
                ["Network:CountryDatabase"] = _path,
                ["Network:Forwarding:KnownProxies:0"] = "127.0.0.1",
                ["Tls:RequireTls"] = "false",
            }.Where(d => settings.All(s => s.Item1 != d.Key)).Select(d => (d.Key, d.Value)),
            .. settings,
        ]);

    private static async Task<int> AskAsync(GatewayHost host, string client) =>
        (await host.SendAsync(McpWire.Post(McpWire.Initialize("2025-11-25"), ("X-Forwarded-For", client)))).Status;

    private void Put(byte[] file)
    {
        var before = File.GetLastWriteTimeUtc(_path);
        File.WriteAllBytes(_path, file);
        File.SetLastWriteTimeUtc(_path, before.AddSeconds(2));
    }
}
