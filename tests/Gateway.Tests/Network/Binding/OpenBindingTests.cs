using Microsoft.Extensions.Configuration;
using Smcp.Network.Binding;

namespace Smcp;

/// <summary>Each row of the decision whether a host may be reached from other machines.</summary>
public sealed class OpenBindingTests
{
    private const string Https = "https://mcp.example.org";
    private const string Http = "http://mcp.example.org";

    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://localhost:8080")]
    [InlineData("http://[::1]:8080")]
    [InlineData("http://unix:/run/smcp.sock")]
    [InlineData("nonsense")]
    public void Binding_MayBe_WhenItIsLoopback(string url) =>
        Assert.Null(new OpenBinding { Urls = [url], ServesAnonymous = true }.Problem());

    [Theory]
    [InlineData(false, false, Https, true, "lets everybody in")]
    [InlineData(false, false, Https, false, "lets everybody in")]
    [InlineData(true, true, Https, true, "stay on loopback")]
    [InlineData(true, false, null, true, "--public-url")]
    [InlineData(true, false, null, false, "--public-url")]
    [InlineData(true, false, Http, true, "in clear")]
    [InlineData(true, false, Http, false, null)]
    [InlineData(true, false, Https, true, null)]
    [InlineData(true, false, Https, false, null)]
    public void Binding_IsRefusedWithAReason_WhenItIsOpen(
        bool identity, bool anonymous, string? publicUrl, bool requireTls, string? expected)
    {
        foreach (var url in new[] { "http://0.0.0.0:8080", "http://*:80", "http://[::]:1", "https://192.0.2.1:443" })
        {
            var binding = new OpenBinding
            {
                Urls = ["http://127.0.0.1:1", url],
                HasIdentity = identity,
                ServesAnonymous = anonymous,
                PublicUrl = publicUrl,
                RequireTls = requireTls,
            };

            Assert.Equal(expected is null, binding.Problem() is null);
            Assert.Contains(expected ?? string.Empty, binding.Problem() ?? string.Empty, StringComparison.Ordinal);
            Assert.Null((binding with { UnsafeOpen = true }).Problem());
        }
    }

    [Fact]
    public void Binding_IsReadOfTheConfiguration()
    {
        var binding = OpenBinding.Of(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["urls"] = "http://127.0.0.1:1;http://127.0.0.1:2",
                ["Kestrel:Endpoints:Secure:Url"] = "https://192.0.2.1:443",
                ["Smcp:CSharp:Access"] = "public",
                ["Smcp:Gateway:PublicUrls:0"] = Https,
                ["Smcp:Gateway:Tls:RequireTls"] = "false",
            })
            .Build());

        Assert.Equal(["http://127.0.0.1:1", "http://127.0.0.1:2", "https://192.0.2.1:443"], binding.Urls);
        Assert.True(binding is { HasIdentity: true, ServesAnonymous: true, RequireTls: false, UnsafeOpen: false });
        Assert.Equal(Https, binding.PublicUrl);

        var unset = OpenBinding.Of(new ConfigurationBuilder().Build());
        Assert.True(unset is { Urls: [], ServesAnonymous: false, RequireTls: true, PublicUrl: null });
    }

    [Theory]
    [InlineData(Https, true, true, "stay on loopback")]
    [InlineData(Https, false, false, "lets everybody in")]
    [InlineData(Https, true, false, null)]
    [InlineData(Http, true, false, null)]
    [InlineData("http://localhost:8080", false, true, null)]
    public void Binding_CountsAsOpen_WhenThePublicUrlSaysThatOthersAreBroughtToIt(
        string publicUrl, bool identity, bool anonymous, string? expected)
    {
        var binding = new OpenBinding
        {
            Urls = ["http://127.0.0.1:8080"],
            HasIdentity = identity,
            ServesAnonymous = anonymous,
            PublicUrl = publicUrl,
        };

        Assert.Equal(expected is null, binding.Problem() is null);
        Assert.Contains(expected ?? string.Empty, binding.Problem() ?? string.Empty, StringComparison.Ordinal);
        Assert.Null((binding with { UnsafeOpen = true }).Problem());
    }
}
