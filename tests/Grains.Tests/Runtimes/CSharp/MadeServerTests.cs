using Microsoft.Extensions.DependencyInjection;
using Smcp.Servers;

namespace Smcp.Runtimes.CSharp;

public sealed class MadeServerTests
{
    [MadeServerFact]
    public async Task MadeServer_LoadsAndAnswers_Unchanged()
    {
        var collection = new ServiceCollection().AddLogging().AddCSharpServers();
        collection.Configure<CSharpRuntimeOptions>(options => options.Assemblies.Add(MadeServerFactAttribute.Path!));
        await using var services = collection.BuildServiceProvider();
        var server = services.GetRequiredService<CSharpServerCatalog>().Server("my-greeter")!;
        await using var fixture = await RuntimeFixture.StartAsync(server);
        var result = await fixture.CallToolAsync(null, "greet", """{"name":"Ada"}""");

        Assert.Equal(RuntimeKind.CSharp, server.Definition.Runtime);
        Assert.Equal("Hello, Ada. You are number 1.", (string?)result["content"]![0]!["text"]);
    }
}
