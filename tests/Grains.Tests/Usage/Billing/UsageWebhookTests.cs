using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Smcp.Usage.Billing;

/// <summary>The webhook against a real server: what it sends, how it signs, and when it tries again.</summary>
public sealed class UsageWebhookTests : IAsyncLifetime
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private readonly List<(string Body, string Signature)> _got = [];
    private readonly Queue<int> _answers = [];
    private WebApplication _server = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            _got.Add((await reader.ReadToEndAsync(), http.Request.Headers[UsageWebhook.SignatureHeader].ToString()));
            http.Response.StatusCode = _answers.TryDequeue(out var status) ? status : 204;
        });
        await _server.StartAsync();
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Sending_IsSigned_OverTimeAndBody()
    {
        using var hook = Hook();

        await hook.SendAsync(Bill, default);

        var (body, signature) = Assert.Single(_got);
        var parts = signature.Split(',').Select(part => part.Split('=', 2)[1]).ToArray();
        var expected = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{parts[0]}.{body}").AsSpan());
        Assert.Equal(Convert.ToHexStringLower(expected), parts[1]);
        Assert.Equal("acme", JsonNode.Parse(body)!["tenant"]!.GetValue<string>());
        Assert.Equal(5, JsonNode.Parse(body)!["rows"]![0]!["totals"]!["calls"]!.GetValue<int>());
    }

    [Fact]
    public async Task Sending_IsTriedAgain_UntilItIsTaken()
    {
        _answers.Enqueue(500);
        _answers.Enqueue(503);
        using var hook = Hook();

        await hook.SendAsync(Bill, default);

        Assert.Equal(3, _got.Count);
        Assert.Equal(_got[0].Body, _got[2].Body);
    }

    [Fact]
    public async Task Sending_FailsInTheEnd_AndFollowsNoRedirect()
    {
        _answers.Enqueue(307);
        _answers.Enqueue(500);
        _answers.Enqueue(500);
        using var hook = Hook();

        await Assert.ThrowsAsync<HttpRequestException>(() => hook.SendAsync(Bill, default));
        Assert.Equal(3, _got.Count);
    }

    [Theory]
    [InlineData("http://billing.example/", Secret, false)]
    [InlineData("https://billing.example/", "short", false)]
    [InlineData("https://billing.example/", null, false)]
    [InlineData("https://billing.example/", Secret, true)]
    [InlineData("http://127.0.0.1:5/", Secret, true)]
    [InlineData(null, null, true)]
    public void Options_AreChecked(string? url, string? secret, bool valid)
    {
        var options = new UsageWebhookOptions { Url = url, Secret = secret };

        Assert.Equal(valid, new UsageWebhookOptionsCheck().Validate(null, options).Succeeded);
    }

    private static UsageBill Bill { get; } = new(
        "acme",
        new DateTimeOffset(2026, 7, 28, 13, 0, 0, TimeSpan.Zero),
        [new UsageBillRow("id", "echo", "tools/call", "say", "alice", new UsageTotals { Calls = 5 })]);

    private UsageWebhook Hook() => new(
        Options.Create(new UsageWebhookOptions
        {
            Url = _server.Urls.First(),
            Secret = Secret,
            RetryDelay = TimeSpan.FromMilliseconds(1),
        }),
        TimeProvider.System);
}
