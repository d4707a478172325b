using System.Collections.Frozen;
using Smcp.Security.Audit;

namespace Smcp.Admin.Audit;

/// <summary>Where each action stands in OCSF: its class, and the activity in that class.</summary>
internal static class OcsfMap
{
    /// <summary>The version of the schema that classes, activities and attributes are taken from.</summary>
    public const string SchemaVersion = "1.8.0";

    private const int Logon = 1;
    private const int Logoff = 2;
    private const int Create = 1;
    private const int Read = 2;
    private const int Update = 3;
    private const int Delete = 4;
    private const int Enable = 8;
    private const int Activate = 10;
    private const int Deactivate = 11;
    private const int Suspend = 12;
    private const int Resume = 13;
    private const int Other = 99;

    private const int Informational = 1;
    private const int Low = 2;
    private const int Medium = 3;
    private const int High = 4;
    private const int Critical = 5;

    private static readonly FrozenDictionary<string, (OcsfClass Class, int Activity)> Actions =
        new Dictionary<string, (OcsfClass, int)>
        {
            [AuditActions.AuthSuccess] = (OcsfClass.Authentication, Logon),
            [AuditActions.AuthFailure] = (OcsfClass.Authentication, Logon),
            [AuditActions.SessionOpened] = (OcsfClass.Authentication, Logon),
            [AuditActions.SessionEnded] = (OcsfClass.Authentication, Logoff),
            [AuditActions.TokenIssued] = (OcsfClass.Authentication, Other),
            [AuditActions.TokenRevoked] = (OcsfClass.Authentication, Other),
            [AuditActions.TokenReused] = (OcsfClass.Authentication, Other),
            [AuditActions.ClientRegistered] = (OcsfClass.EntityManagement, Create),
            [AuditActions.ClientRotated] = (OcsfClass.EntityManagement, Update),
            [AuditActions.ClientDeleted] = (OcsfClass.EntityManagement, Delete),
            [AuditActions.ConsentGranted] = (OcsfClass.EntityManagement, Enable),
            [AuditActions.ConsentRefused] = (OcsfClass.EntityManagement, Enable),
            [AuditActions.KeyCreated] = (OcsfClass.EntityManagement, Create),
            [AuditActions.KeyRotated] = (OcsfClass.EntityManagement, Update),
            [AuditActions.KeyRevoked] = (OcsfClass.EntityManagement, Delete),
            [AuditActions.UserCreated] = (OcsfClass.EntityManagement, Create),
            [AuditActions.UserChanged] = (OcsfClass.EntityManagement, Update),
            [AuditActions.UserDeleted] = (OcsfClass.EntityManagement, Delete),
            [AuditActions.RoleChanged] = (OcsfClass.EntityManagement, Update),
            [AuditActions.RoleDeleted] = (OcsfClass.EntityManagement, Delete),
            [AuditActions.RoleAssigned] = (OcsfClass.EntityManagement, Update),
            [AuditActions.RoleUnassigned] = (OcsfClass.EntityManagement, Update),
            [AuditActions.TenantCreated] = (OcsfClass.EntityManagement, Create),
            [AuditActions.TenantChanged] = (OcsfClass.EntityManagement, Update),
            [AuditActions.TenantSuspended] = (OcsfClass.EntityManagement, Suspend),
            [AuditActions.TenantResumed] = (OcsfClass.EntityManagement, Resume),
            [AuditActions.TenantDeleted] = (OcsfClass.EntityManagement, Delete),
            [AuditActions.TenantExported] = (OcsfClass.EntityManagement, Read),
            [AuditActions.ConfigChanged] = (OcsfClass.EntityManagement, Update),
            [AuditActions.ServerDeployed] = (OcsfClass.EntityManagement, Create),
            [AuditActions.ServerChanged] = (OcsfClass.EntityManagement, Update),
            [AuditActions.ServerActivated] = (OcsfClass.EntityManagement, Activate),
            [AuditActions.ServerRevoked] = (OcsfClass.EntityManagement, Deactivate),
            [AuditActions.ServerDrifted] = (OcsfClass.EntityManagement, Other),
            [AuditActions.ServerQuarantined] = (OcsfClass.EntityManagement, Other),
            [AuditActions.ServerApproved] = (OcsfClass.EntityManagement, Enable),
            [AuditActions.ServerRejected] = (OcsfClass.EntityManagement, Update),
            [AuditActions.ServerStarted] = (OcsfClass.EntityManagement, Activate),
            [AuditActions.ServerStopped] = (OcsfClass.EntityManagement, Deactivate),
            [AuditActions.ServerRolledBack] = (OcsfClass.EntityManagement, Update),
            [AuditActions.ServerDeleted] = (OcsfClass.EntityManagement, Delete),
            [AuditActions.SecretWritten] = (OcsfClass.EntityManagement, Update),
            [AuditActions.SecretDeleted] = (OcsfClass.EntityManagement, Delete),
            [AuditActions.ConnectionMade] = (OcsfClass.EntityManagement, Create),
            [AuditActions.ConnectionEnded] = (OcsfClass.EntityManagement, Delete),
            [AuditActions.DataDeleted] = (OcsfClass.EntityManagement, Delete),
            [AuditActions.MasterKeyRotated] = (OcsfClass.EntityManagement, Update),
            [AuditActions.DataKeyCreated] = (OcsfClass.EntityManagement, Create),
            [AuditActions.DataKeyDestroyed] = (OcsfClass.EntityManagement, Delete),
            [AuditActions.BackupMade] = (OcsfClass.EntityManagement, Read),
            [AuditActions.BackupRestored] = (OcsfClass.EntityManagement, Update),
            [AuditActions.BackupDrilled] = (OcsfClass.EntityManagement, Read),
            [AuditActions.SecretRead] = (OcsfClass.ApiActivity, Read),
            [AuditActions.AuditSearched] = (OcsfClass.ApiActivity, Read),
            [AuditActions.AuditExported] = (OcsfClass.ApiActivity, Read),
            [AuditActions.AuditVerified] = (OcsfClass.ApiActivity, Read),
            [AuditActions.AccessDenied] = (OcsfClass.ApiActivity, Other),
            [AuditActions.NetworkDenied] = (OcsfClass.ApiActivity, Other),
            [AuditActions.EgressDenied] = (OcsfClass.ApiActivity, Other),
            [AuditActions.AuditDropped] = (OcsfClass.ApiActivity, Other),
            [AuditActions.AuditBroken] = (OcsfClass.ApiActivity, Other),
        }.ToFrozenDictionary();

    /// <summary>The class and the activity; API Activity, Other, for an action that is not in the map.</summary>
    public static (OcsfClass Class, int Activity) Of(string action) =>
        Actions.TryGetValue(action, out var found) ? found : (OcsfClass.ApiActivity, Other);

    public static bool Knows(string action) => Actions.ContainsKey(action);

    public static int SeverityOf(AuditEvent auditEvent) => auditEvent switch
    {
        { Action: AuditActions.AuditBroken } => Critical,
        { Action: AuditActions.TokenReused or AuditActions.AuditDropped } => High,
        { Outcome: AuditOutcome.Denied } => Medium,
        { Outcome: AuditOutcome.Failure } => Low,
        _ => Informational,
    };
}
