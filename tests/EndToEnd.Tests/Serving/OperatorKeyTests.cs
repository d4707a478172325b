using System.Net.Http.Headers;

namespace Smcp.EndToEnd.Serving;

/// <summary>The first start gives the operators their key, in a file and nowhere else.</summary>
public sealed class OperatorKeyTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task FirstStart_WritesAKeyThatAdministers_ForItsOwnerOnly()
    {
        using var data = new DataFolder();
        var file = Path.Combine(data.Path, "operator.key");
        await using var smcp = await Standalone.StartAsync(data.Path);
        var key = (await File.ReadAllTextAsync(file)).Trim();

        Assert.Equal(200, await ListAsync(smcp, key));
        Assert.Equal(401, await ListAsync(smcp, null));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        var run = await smcp.StopAsync(Deadline);
        Assert.DoesNotContain(key, run.Said, StringComparison.Ordinal);
        Assert.Contains(file, run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LaterStart_WritesAnotherKey_OnlyWhenItIsAskedFor()
    {
        using var data = new DataFolder();
        var file = Path.Combine(data.Path, "operator.key");
        string first;
        await using (var smcp = await Standalone.StartAsync(data.Path))
        {
            first = (await File.ReadAllTextAsync(file)).Trim();
            Assert.Equal(200, await ListAsync(smcp, first));
            await smcp.StopAsync(Deadline);
        }

        File.Delete(file);
        await using (var smcp = await Standalone.StartAsync(data.Path))
        {
            Assert.False(File.Exists(file));
            await smcp.StopAsync(Deadline);
        }

        await using (var smcp = await Standalone.StartAsync(data.Path, ["--new-operator-key"]))
        {
            var second = (await File.ReadAllTextAsync(file)).Trim();
            Assert.Equal(200, await ListAsync(smcp, second));
            Assert.Equal(401, await ListAsync(smcp, first));
        }
    }

    private static async Task<int> ListAsync(Standalone smcp, string? key)
    {
        using var http = new HttpClient();
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(smcp.Url, "/api/v1/tenants"));
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }
}
