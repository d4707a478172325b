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

    /// <summary>A message that begins as 1 and was set to 0 must not become 1 by being stored.</summary>
    [Fact]
    public void Message_ComesBack_WhenAPropertyThatBeginsOtherwiseIsTheDefault()
    {
        var settings = new ServerSettings { Runtime = RuntimeKind.Worker, PoolMembers = 0 };

        var json = JsonSerializer.Serialize(settings, WireJson.Options);

        Assert.Equal(0, JsonSerializer.Deserialize<ServerSettings>(json, WireJson.Options)!.PoolMembers);
    }

    /// <summary>A version of a server for all stays one, also in rows from before the scope was written.</summary>
    [Fact]
    public void Scope_IsShared_WhereNothingIsSaid()
    {
        var settings = new ServerSettings { Runtime = RuntimeKind.Worker };

        var json = JsonSerializer.Serialize(settings, WireJson.Options);

        Assert.Equal(InstanceScope.Shared, settings.Scope);
        Assert.Equal(settings.Scope, JsonSerializer.Deserialize<ServerSettings>(json, WireJson.Options)!.Scope);
    }
}
