using System.Text.Json;
using Smcp.Servers;

namespace Smcp.Wire;

public sealed class WireJsonTests
{
    [Fact]
    public void Message_ComesBack_WhenARequiredPropertyIsTheDefault()
    {
        var definition = new ServerDefinition
        {
            Id = ServerId.Parse("echo"),
            Runtime = default,
            Scope = default,
            Source = "echo",
        };

        var json = JsonSerializer.Serialize(definition, WireJson.Options);

        // Lists are compared by what they hold: a record compares its own by reference.
        Assert.Equivalent(
            definition, JsonSerializer.Deserialize<ServerDefinition>(json, WireJson.Options), strict: true);
    }
}
