using Microsoft.Extensions.DependencyInjection;
using Smcp.Hosting.Classes;
using Smcp.Samples.Counter;
using Smcp.Samples.Echo;
using Smcp.Servers;

namespace Smcp.Runtimes.CSharp;

public sealed class CSharpServerCatalogTests
{
    [Fact]
    public async Task Catalog_FindsTheServersOfAnAssembly()
    {
        await using var services = Services().AddCSharpServers(
            typeof(EchoServer).Assembly, typeof(CounterServer).Assembly)
            .BuildServiceProvider();
        var catalog = services.GetRequiredService<IServerCatalog>();

        Assert.Equal(["counter", "echo"], catalog.Servers.Select(server => server.Id.ToString()));
        Assert.NotNull(catalog.Find(ServerId.Parse("echo")));
        Assert.Null(catalog.Find(ServerId.Parse("nothing")));
        Assert.Equal(RuntimeKind.CSharp, services.GetRequiredService<IServerRuntimeFactory>().Kind);
    }

    [Fact]
    public async Task Catalog_LoadsAFile_WithTypesItShares()
    {
        var collection = Services().AddCSharpServers();
        collection.Configure<CSharpRuntimeOptions>(
            options => options.Assemblies.Add(typeof(EchoServer).Assembly.Location));
        await using var services = collection.BuildServiceProvider();
        var catalog = services.GetRequiredService<CSharpServerCatalog>();

        var loaded = catalog.Server("echo")!.Class.Type;
        Assert.NotSame(typeof(EchoServer), loaded);
        Assert.Equal(typeof(EchoServer).FullName, loaded.FullName);
    }

    [Fact]
    public void Catalog_SaysWhichFile_WhenThereIsNone()
    {
        var collection = Services().AddCSharpServers();
        collection.Configure<CSharpRuntimeOptions>(options => options.Assemblies.Add("nowhere.dll"));
        using var services = collection.BuildServiceProvider();

        var failure = Assert.Throws<FileNotFoundException>(services.GetRequiredService<CSharpServerCatalog>);
        Assert.Contains("nowhere.dll", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Catalog_RefusesTwoServersOfOneName()
    {
        var collection = Services().AddCSharpServers(typeof(EchoServer).Assembly);
        collection.Configure<CSharpRuntimeOptions>(
            options => options.Assemblies.Add(typeof(EchoServer).Assembly.Location));
        using var services = collection.BuildServiceProvider();

        var failure = Assert.Throws<ServerClassException>(services.GetRequiredService<CSharpServerCatalog>);
        Assert.Contains("'echo'", failure.Message, StringComparison.Ordinal);
    }

    private static IServiceCollection Services() => new ServiceCollection().AddLogging();
}
