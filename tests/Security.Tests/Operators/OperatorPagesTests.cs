using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Smcp.Admin;

namespace Smcp.Operators;

/// <summary>Pages for operators: who comes through. Behind the gate is nothing: a bare 404 is through.</summary>
public sealed class OperatorPagesTests : IAsyncLifetime
{
    private const string Path = "/cluster";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private AdminSite _site = null!;

    public async Task InitializeAsync()
    {
        _site = await AdminSite.StartAsync(services => services.AddSingleton(new OperatorPages(Path, "/Closed")));
        await _site.ProvisionAsync("acme");
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Theory]
    [InlineData(Path)]
    [InlineData(Path + "/")]
    [InlineData(Path + "/GrainState?grainId=a")]
    public async Task Operator_ComesThrough_ByBearerAndByBasic(string path)
    {
        using var bearer = await AskAsync(path, new AuthenticationHeaderValue("Bearer", _site.Operator));
        using var basic = await AskAsync(path, Basic("anybody", _site.Operator));

        Assert.Equal(HttpStatusCode.NotFound, bearer.StatusCode);
        Assert.Null(bearer.Content.Headers.ContentType);
        Assert.Equal(HttpStatusCode.NotFound, basic.StatusCode);
        Assert.Null(basic.Content.Headers.ContentType);
        Assert.Contains("frame-ancestors 'none'", basic.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Theory]
    [InlineData(Path)]
    [InlineData(Path + "/Reminders")]
    [InlineData("/CLUSTER/Reminders")]
    [InlineData("/clu%73ter/Reminders")]
    public async Task Stranger_IsAskedForAPassword(string path)
    {
        foreach (var shown in new[] { null, Basic("operator", "smcp_platform_guess"), Basic("operator", string.Empty) })
        {
            using var answer = await AskAsync(path, shown);

            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("Basic", answer.Headers.WwwAuthenticate.Single().Scheme);
        }
    }

    [Fact]
    public async Task Basic_ThatIsNone_IsRefused()
    {
        foreach (var text in new[] { "%%%", Convert.ToBase64String("no-colon"u8), new string('A', 100_000) })
        {
            using var answer = await AskAsync(Path, new AuthenticationHeaderValue("Basic", text));

            Assert.Contains(
                answer.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.RequestHeaderFieldsTooLarge });
        }
    }

    [Fact]
    public async Task AdministratorOfATenant_IsRefused_AndRecorded()
    {
        var (admin, _) = await _site.KeyAsync("acme", "admin");

        using var answer = await AskAsync(Path, Basic("admin", admin));

        // As the API says it to whom the platform is not shown; whoever comes through finds nothing, without words.
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        await RecordedAsync("/tenants/acme/audit?action=access.denied&target=cluster");
    }

    [Fact]
    public async Task Operator_IsNotShownWhatIsClosed()
    {
        using var answer = await AskAsync(
            Path + "/closed/anything", new AuthenticationHeaderValue("Bearer", _site.Operator));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Operator_OnlyReads()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _site.Operator);
        using var answer = await _site.Host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    /// <summary>The trail writes a moment later, by the clock.</summary>
    private async Task RecordedAsync(string search)
    {
        using var late = new CancellationTokenSource(Patience, TimeProvider.System);
        while (true)
        {
            late.Token.ThrowIfCancellationRequested();
            _site.Host.Clock.Advance(TimeSpan.FromSeconds(1));
            using var log = await _site.SendAsync("GET", search, _site.Operator);
            if ((await AdminSite.JsonOfAsync(log))["items"]!.AsArray().Count > 0)
            {
                return;
            }
        }
    }

    private async Task<HttpResponseMessage> AskAsync(string path, AuthenticationHeaderValue? shown)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = shown;
        return await _site.Host.Client.SendAsync(request);
    }

    private static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
}
