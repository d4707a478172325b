namespace Smcp.Security.Audit;

/// <summary>
/// What can be recorded: dotted, the thing first. A search by prefix (<c>auth.</c>, <c>server.</c>) follows the dots.
/// </summary>
public static class AuditActions
{
    /// <summary>A credential was accepted. Repeated ones are counted.</summary>
    public const string AuthSuccess = "auth.success";

    /// <summary>A credential was missing or not accepted; the reason says why.</summary>
    public const string AuthFailure = "auth.failure";

    /// <summary>A known caller asked for what it may not do.</summary>
    public const string AccessDenied = "access.denied";

    /// <summary>A request was refused before anybody was asked who calls: host, origin, address, rate.</summary>
    public const string NetworkDenied = "network.denied";

    public const string ClientRegistered = "client.registered";
    public const string ClientRotated = "client.rotated";
    public const string ClientDeleted = "client.deleted";
    public const string ConsentGranted = "consent.granted";
    public const string ConsentRefused = "consent.refused";
    public const string TokenIssued = "token.issued";
    public const string TokenRevoked = "token.revoked";

    /// <summary>A refresh token or code came twice: its whole family was revoked.</summary>
    public const string TokenReused = "token.reused";

    public const string KeyCreated = "key.created";
    public const string KeyRotated = "key.rotated";
    public const string KeyRevoked = "key.revoked";

    public const string UserCreated = "user.created";
    public const string UserChanged = "user.changed";
    public const string UserDeleted = "user.deleted";
    public const string RoleChanged = "role.changed";
    public const string RoleDeleted = "role.deleted";
    public const string RoleAssigned = "role.assigned";
    public const string RoleUnassigned = "role.unassigned";

    public const string TenantCreated = "tenant.created";
    public const string TenantChanged = "tenant.changed";
    public const string TenantSuspended = "tenant.suspended";
    public const string TenantResumed = "tenant.resumed";
    public const string TenantDeleted = "tenant.deleted";
    public const string TenantExported = "tenant.exported";

    public const string ConfigChanged = "config.changed";

    public const string ServerDeployed = "server.deployed";
    public const string ServerChanged = "server.changed";

    /// <summary>A version came into use, an older one too.</summary>
    public const string ServerActivated = "server.activated";

    /// <summary>A version was ended at once and for good.</summary>
    public const string ServerRevoked = "server.revoked";

    /// <summary>A server offers something else than was approved; it is withheld.</summary>
    public const string ServerDrifted = "server.drifted";

    /// <summary>Its processes failed too often: it serves nobody until it is started.</summary>
    public const string ServerQuarantined = "server.quarantined";

    public const string ServerApproved = "server.approved";
    public const string ServerRejected = "server.rejected";
    public const string ServerStarted = "server.started";
    public const string ServerStopped = "server.stopped";
    public const string ServerRolledBack = "server.rolled-back";
    public const string ServerDeleted = "server.deleted";

    /// <summary>A secret was opened for a server. Repeated uses are counted.</summary>
    public const string SecretRead = "secret.read";

    /// <summary>A third-party server asked for a place that it may not connect to; the reason names it.</summary>
    public const string EgressDenied = "egress.denied";

    public const string SecretWritten = "secret.written";
    public const string SecretDeleted = "secret.deleted";

    /// <summary>Somebody connected an account at a server elsewhere, or tried to.</summary>
    public const string ConnectionMade = "connection.made";

    /// <summary>A connection was given up, or its tokens are not accepted any more; the reason says which.</summary>
    public const string ConnectionEnded = "connection.ended";

    /// <summary>An administrator removed something that a server stored.</summary>
    public const string DataDeleted = "data.deleted";

    public const string MasterKeyRotated = "master-key.rotated";
    public const string DataKeyCreated = "data-key.created";
    public const string DataKeyDestroyed = "data-key.destroyed";

    /// <summary>Somebody with the data folder and its master key copied the store, or a tenant.</summary>
    public const string BackupMade = "backup.made";

    /// <summary>The store, or a tenant of it, was put back to what it was.</summary>
    public const string BackupRestored = "backup.restored";

    /// <summary>A backup was restored elsewhere to prove it, and removed again.</summary>
    public const string BackupDrilled = "backup.drilled";

    public const string SessionOpened = "session.opened";
    public const string SessionEnded = "session.ended";

    public const string AuditSearched = "audit.searched";
    public const string AuditExported = "audit.exported";
    public const string AuditVerified = "audit.verified";

    /// <summary>A process could not hold or store events: the count says how many are missing.</summary>
    public const string AuditDropped = "audit.dropped";

    /// <summary>The log was found to be other than it was left: the reason says how.</summary>
    public const string AuditBroken = "audit.broken";
}
