using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using Smcp.Network.Rules;

namespace Smcp;

/// <summary>Rules over real HTTP: what each phase meets and lets pass.</summary>
public sealed class RequestRuleTests
{
    private const string Body = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";

    [Theory]
    [InlineData("access_token=s3cret", 400)]
    [InlineData("a=b&ACCESS_TOKEN=s3cret", 400)]
    [InlineData("%61ccess_token=s3cret", 400)]
    [InlineData("access_token", 400)]
    [InlineData("refresh_token=x", 400)]
    [InlineData("client_secret=x", 400)]
    [InlineData("access_tokens=x", 200)]
    [InlineData("a=access_token", 200)]
    public async Task Credential_IsRefused_WhenItStandsInTheQuery(string query, int expected)
    {
        await using var host = await GatewayHost.StartAsync();

        Assert.Equal(expected, await AskAsync(host, query: query));
    }

    [Theory]
    [InlineData("TRACE", 501)]
    [InlineData("TRACK", 501)]
    [InlineData("PATCH", 405)]
    public async Task Method_IsRefused_WhenItEchoes(string method, int expected)
    {
        await using var host = await GatewayHost.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), McpWire.Path);
        using var response = await host.Client.SendAsync(request);

        Assert.Equal(expected, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("a\tb", 200)]
    [InlineData("a\u0001b", 400)]
    [InlineData("a\u007fb", 400)]
    public async Task Header_IsRefused_WhenItHoldsAControlCharacter(string value, int expected)
    {
        await using var host = await GatewayHost.StartAsync();
        using var socket = await RawSocket.ConnectAsync(host);
        var body = McpWire.Initialize("2025-11-25");
        await socket.SendAsync(
            $"POST {McpWire.Path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Accept: application/json, text/event-stream\r\nConnection: close\r\n"
            + $"X-Any: {value}\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        Assert.StartsWith($"HTTP/1.1 {expected}", await socket.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Phase=Method Condition=In Values:0=POST", 403)]
    [InlineData("Phase=Method Condition=NotIn Values:0=GET", 403)]
    [InlineData("Phase=Method Condition=NotIn Values:0=POST", 200)]
    [InlineData("Phase=Path Condition=Matches Pattern=/s/echo/", 403)]
    [InlineData("Phase=Path Condition=Matches Pattern=^/s/", 200)]
    [InlineData("Phase=Path Condition=LongerThan Length=5", 403)]
    [InlineData("Phase=Header Condition=Present Field=x-rule", 403)]
    [InlineData("Phase=Header Condition=Present Field=x-other", 200)]
    [InlineData("Phase=Header Condition=Absent Field=x-other", 403)]
    [InlineData("Phase=Header Condition=Absent Field=x-rule", 200)]
    [InlineData("Phase=Header Condition=Matches Field=x-rule Pattern=^value$", 403)]
    [InlineData("Phase=Header Condition=Matches Pattern=^value$", 403)]
    [InlineData("Phase=Header Condition=Matches Field=Accept Pattern=^value$", 200)]
    [InlineData("Phase=Query Condition=Matches Field=q Pattern=union.select", 403)]
    [InlineData("Phase=Query Condition=LongerThan Field=q Length=100", 200)]
    [InlineData("Phase=Query Condition=Absent Field=q", 200)]
    [InlineData("Phase=BodySize Condition=LongerThan Length=10 Status=413", 413)]
    [InlineData("Phase=BodySize Condition=LongerThan Length=100000", 200)]
    [InlineData("Phase=Body Condition=Matches Pattern=protocolVersion.+2025", 403)]
    [InlineData("Phase=Body Condition=Matches Pattern=nowhere", 200)]
    [InlineData("Phase=Body Condition=Matches Pattern=protocolVersion Action=Report", 200)]
    public async Task Rule_MeetsWhatItNames(string rule, int expected)
    {
        await using var host = await GatewayHost.StartAsync(null, Rule(rule));
        await using var trying = await GatewayHost.StartAsync(
            null, [.. Rule(rule), ("Network:Rules:ReportOnly", "true")]);

        Assert.Equal(expected, await AskAsync(host, query: "q=union%20select"));
        Assert.Equal(expected, await AskAsync(host, query: "q=union%20select", chunked: true));
        Assert.Equal(200, await AskAsync(trying, query: "q=union%20select"));
    }

    [Theory]
    [InlineData("Phase=Body Condition=Matches Pattern=tail Action=Block", "100", 200)]
    [InlineData("Phase=Body Condition=Matches Pattern=tail Action=Block", "100000", 403)]
    public async Task Body_IsLookedAtAsFarAsItMayBe(string rule, string bytesMax, int expected)
    {
        await using var host = await GatewayHost.StartAsync(
            null, [.. Rule(rule), ("Network:Rules:BodyBytesMax", bytesMax)]);
        var body = McpWire.Initialize("2025-11-25").Replace("\"t\"", $"\"{new string('x', 9000)}tail\"",
            StringComparison.Ordinal);

        Assert.Equal(expected, (await host.SendAsync(McpWire.Post(body))).Status);
    }

    [Theory]
    [InlineData("Phase=Body Condition=Matches Pattern=(", "cannot be used")]
    [InlineData("Phase=Body Condition=Matches Pattern=(a)\\1", "cannot be used")]
    [InlineData("Phase=Body Condition=Matches Pattern=(?=a)", "cannot be used")]
    [InlineData("Phase=Body Condition=Matches", "Pattern must have")]
    [InlineData("Phase=Body Condition=Present", "cannot be asked")]
    [InlineData("Phase=Header Condition=Present", "without a Field")]
    [InlineData("Phase=Method Condition=In", "names no Values")]
    [InlineData("Phase=BodySize Condition=LongerThan", "Length must be")]
    [InlineData("Phase=Path Condition=LongerThan Length=1 Status=200", "Status must be")]
    [InlineData("Phase=Path Condition=LongerThan Length=1 Name=A_B", "name must be")]
    [InlineData("Phase=Path Condition=LongerThan Length=1 Name=shipped.method", "Two request rules")]
    public async Task Start_FailsWithASentence_WhenARuleIsNone(string rule, string expected)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(
            () => GatewayHost.StartAsync(null, Rule(rule)));

        Assert.Contains(expected, failure.Failures.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Pattern_TakesLinearTime_WhenItIsMeantNotTo()
    {
        var entry = new RequestRuleEntry
        {
            Name = "evil",
            Phase = RequestRulePhase.Body,
            Condition = RequestRuleCondition.Matches,
            Pattern = "^(a+)+$",
        };
        var options = new RequestRuleOptions { MatchTimeout = TimeSpan.FromSeconds(10) };
        var rule = RequestRule.Compile(entry, options, new List<string>())!;

        // A backtracking engine would take 2^100000 steps, and count as met by its time-out.
        Assert.False(rule.Meets(new string('a', 100_000) + "!"));
    }

    [Fact]
    public async Task Hit_IsCountedByRuleAndAction()
    {
        var hits = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "smcp.gateway.rules.hits")
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            lock (hits)
            {
                hits.Add($"{value} {tags[0].Value} {tags[1].Value}");
            }
        });
        listener.Start();
        await using var host = await GatewayHost.StartAsync(
            null, Rule("Name=counted.here Phase=Body Condition=Matches Pattern=ping Action=Report"));

        await host.SendAsync(McpWire.Post(Body));

        Assert.Single(hits, "1 counted.here report");
    }

    private static async Task<int> AskAsync(GatewayHost host, string query, bool chunked = false)
    {
        var request = McpWire.Post(McpWire.Initialize("2025-11-25"), ("x-rule", "value"));
        request.RequestUri = new Uri($"{McpWire.Path}?{query}", UriKind.Relative);
        request.Headers.TransferEncodingChunked = chunked;
        return (await host.SendAsync(request)).Status;
    }

    private static (string, string)[] Rule(string text) =>
    [
        .. $"{(text.Contains("Name=", StringComparison.Ordinal) ? "" : "Name=test.rule ")}{text}"
            .Split(' ').Select(part => part.Split('=', 2))
            .Select(pair => ($"Network:Rules:Items:0:{pair[0]}", pair[1])),
    ];
}
