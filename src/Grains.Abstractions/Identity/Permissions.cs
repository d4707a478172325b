namespace Smcp.Identity;

/// <summary>The actions that permissions name. Objects of the first are <c>server</c> or <c>server/name</c>.</summary>
public static class Permissions
{
    /// <summary>Reaching a server: initialize, its lists, logging. Object: the server.</summary>
    public const string Use = "mcp.use";

    /// <summary>Seeing and calling a tool. Object: server/tool.</summary>
    public const string Tool = "mcp.tool";

    /// <summary>Seeing and getting a prompt. Object: server/prompt.</summary>
    public const string Prompt = "mcp.prompt";

    /// <summary>Seeing, reading and subscribing to a resource. Object: server/uri.</summary>
    public const string Resource = "mcp.resource";

    /// <summary>Reading the administration of the own tenant. Object: an <see cref="AdminAreas">area</see>.</summary>
    public const string AdminRead = "admin.read";

    /// <summary>Changing the own tenant. Object: an area.</summary>
    public const string AdminWrite = "admin.write";

    /// <summary>Reading the administration of every tenant and of the installation. Object: an area.</summary>
    public const string PlatformRead = "platform.read";

    /// <summary>Changing any tenant and the installation. Object: an area.</summary>
    public const string PlatformWrite = "platform.write";
}
