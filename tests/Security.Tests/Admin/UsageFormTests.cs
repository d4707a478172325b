using Smcp.Usage;

namespace Smcp.Admin;

/// <summary>Usage is told in the form that the client asks for.</summary>
public sealed class UsageFormTests : IAsyncLifetime
{
    private const string Usage = "/tenants/acme/usage?by=tool&limit=2";

    private AdminSite _site = null!;

    public async Task InitializeAsync()
    {
        _site = await AdminSite.StartAsync();
        await _site.ProvisionAsync("acme");
        await _site.Host.Grains.Locate<IUsageGrain>("acme").AddAsync(
            new UsageReport
            {
                Source = "s",
                Number = 1,
                Server = "notes",
                Counts =
                [
                    .. Enumerable.Range(0, 5).Select(i => new UsageCount
                    {
                        Method = "tools/call",
                        Tool = $"tool-{i}",
                        Principal = "key:k",
                        Totals = new UsageTotals { Calls = 1 },
                    }),
                ],
            },
            default);
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("*/*")]
    [InlineData("text/html")]
    [InlineData("application/json, text/csv;q=0.5")]
    [InlineData("text/csv;q=0")]
    public async Task Usage_IsJsonByThePage_ForWhoAsksForNothingElse(string? accept)
    {
        using var response = await AskAsync(accept);

        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        var page = await AdminSite.JsonOfAsync(response);
        Assert.Equal(2, page["items"]!.AsArray().Count);
        Assert.NotNull(page["next"]);
    }

    [Theory]
    [InlineData("text/csv", "text/csv", 6)]
    [InlineData("application/json;q=0.1, text/csv", "text/csv", 6)]
    [InlineData("application/x-ndjson", "application/x-ndjson", 5)]
    public async Task Usage_IsALineEach_AndAllOfIt(string accept, string type, int lines)
    {
        using var response = await AskAsync(accept);
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(lines, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.All(Enumerable.Range(0, 5), i => Assert.Contains($"tool-{i}", text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("text/csv")]
    [InlineData("application/x-ndjson")]
    public async Task Usage_IsRefused_InEveryForm(string accept)
    {
        var (stranger, _) = await _site.KeyAsync("default", "admin");
        var (user, _) = await _site.KeyAsync("acme", "mcp-user");

        using var strangers = await _site.SendAsync("GET", Usage, stranger, null, ("Accept", accept));
        using var users = await _site.SendAsync("GET", Usage, user, null, ("Accept", accept));

        Assert.Equal((404, 403), ((int)strangers.StatusCode, (int)users.StatusCode));
        Assert.Equal("application/problem+json", users.Content.Headers.ContentType!.MediaType);
    }

    private Task<HttpResponseMessage> AskAsync(string? accept) => accept is null
        ? _site.SendAsync("GET", Usage, _site.Operator)
        : _site.SendAsync("GET", Usage, _site.Operator, null, ("Accept", accept));
}
