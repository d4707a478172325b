using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Smcp.Configuration;

public sealed class SectionServiceCollectionExtensionsTests
{
    [Fact]
    public void List_HasItsItemsOnce_WhenTwoPartsAddTheSection()
    {
        var settings = new Dictionary<string, string?> { ["Smcp:Part:Names:0"] = "one" };
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddSection<PartOptions>("Smcp:Part");
        services.AddSection<PartOptions>("Smcp:Part");

        using var provider = services.BuildServiceProvider();

        Assert.Equal(["one"], provider.GetRequiredService<IOptions<PartOptions>>().Value.Names);
    }

    private sealed class PartOptions
    {
        public IList<string> Names { get; } = [];
    }
}
