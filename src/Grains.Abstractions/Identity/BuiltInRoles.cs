namespace Smcp.Identity;

/// <summary>The roles that every tenant has. A custom role may not take their names.</summary>
public static class BuiltInRoles
{
    /// <summary>
    /// The role of those who run the installation; only in the tenant <see cref="TenantId.Platform"/>.
    /// </summary>
    public static RoleDefinition Operator { get; } = new()
    {
        Name = "operator",
        Description = "Runs the installation: every tenant's administration, and nobody's servers.",
        Permissions = [Permission.Parse("platform.*:*"), Permission.Parse("admin.*:*")],
    };

    public static RoleDefinition Admin { get; } = new()
    {
        Name = "admin",
        Description = "Everything in the tenant.",
        Permissions = [Permission.Parse("mcp.*:*"), Permission.Parse("admin.*:*")],
    };

    public static RoleDefinition McpUser { get; } = new()
    {
        Name = "mcp-user",
        Description = "Uses the tenant's servers.",
        Permissions = [Permission.Parse("mcp.*:*")],
    };

    public static RoleDefinition ReadOnly { get; } = new()
    {
        Name = "read-only",
        Description = "Reads resources and prompts, and sees the tenant's servers and usage. Calls no tools.",
        Permissions =
        [
            Permission.To(Permissions.Use, "*"),
            Permission.To(Permissions.Prompt, "*"),
            Permission.To(Permissions.Resource, "*"),
            Permission.To(Permissions.AdminRead, AdminAreas.Servers),
            Permission.To(Permissions.AdminRead, AdminAreas.Usage),
        ],
    };

    /// <summary>Those of every tenant.</summary>
    public static IReadOnlyList<RoleDefinition> All { get; } = [Admin, McpUser, ReadOnly];
}
