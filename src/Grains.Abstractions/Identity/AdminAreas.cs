namespace Smcp.Identity;

/// <summary>What administration is about: the objects of its permissions, and the folders of its API.</summary>
public static class AdminAreas
{
    public const string Tenants = "tenants";
    public const string Servers = "servers";
    public const string Users = "users";
    public const string Roles = "roles";
    public const string Keys = "keys";
    public const string Clients = "clients";
    public const string Secrets = "secrets";
    public const string Data = "data";
    public const string Usage = "usage";
    public const string Audit = "audit";
    public const string Backups = "backups";
    public const string Encryption = "encryption";

    /// <summary>The nodes: what runs on them, for operators alone.</summary>
    public const string Cluster = "cluster";
}
