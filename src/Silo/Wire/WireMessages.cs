using Smcp.Data;
using Smcp.Identity;
using Smcp.Identity.Federation;
using Smcp.Identity.OAuth;
using Smcp.Identity.Replays;
using Smcp.Identity.Users;
using Smcp.Quotas;
using Smcp.Security.Audit;
using Smcp.Security.Encryption;
using Smcp.Security.Secrets;
using Smcp.Servers;
using Smcp.Sessions;
using Smcp.Storage;
using Smcp.Tasks;
using Smcp.Tenants;
using Smcp.Usage;

namespace Smcp.Wire;

/// <summary>
/// The messages that cross as JSON. What travels with most calls has a surrogate instead, beside its feature: raw
/// bytes would go as base64 here.
/// </summary>
internal static class WireMessages
{
    public static IReadOnlyList<Type> Json { get; } =
    [
        typeof(ApiKeyInfo),
        typeof(ApiKeyIssued),
        typeof(ApiKeyPage),
        typeof(ApiKeyRequest),
        typeof(AuditBatch),
        typeof(AuditBreak),
        typeof(AuditEntry),
        typeof(KeyDeletion),
        typeof(KeyStatus),
        typeof(TenantKeys),
        typeof(AuditEvent),
        typeof(AuditPage),
        typeof(AuditQuery),
        typeof(AuditRecord),
        typeof(AuditVerification),
        typeof(BatchOutcome),
        typeof(CallerIdentity),
        typeof(CredentialLookup),
        typeof(ClientCreation),
        typeof(ClientIssued),
        typeof(ClientJwk),
        typeof(ClientLookup),
        typeof(ClientPage),
        typeof(ClientProblem),
        typeof(ClientRequest),
        typeof(ClientTokenRequest),
        typeof(CodeIssue),
        typeof(CodeRedemption),
        typeof(GrantPage),
        typeof(GrantRequest),
        typeof(GrantSummary),
        typeof(IssuedTokens),
        typeof(OAuthClient),
        typeof(PublicSigningKey),
        typeof(RefreshRedemption),
        typeof(SigningKeySet),
        typeof(TokenOutcome),
        typeof(TokenRevocation),
        typeof(AuthorizationRequest),
        typeof(ConsentTerms),
        typeof(FederatedLogin),
        typeof(FederationAttempt),
        typeof(FederationOutcome),
        typeof(FederationReturn),
        typeof(FederationStart),
        typeof(TenantFederation),
        typeof(InvitationOutcome),
        typeof(LoginOutcome),
        typeof(PasswordAttempt),
        typeof(PasswordChange),
        typeof(UserInvitation),
        typeof(UserLookup),
        typeof(UserPage),
        typeof(UserStanding),
        typeof(UserSummary),
        typeof(EgressReport),
        typeof(EgressStanding),
        typeof(EgressUsage),
        typeof(ObjectConditions),
        typeof(ObjectInfo),
        typeof(ObjectListing),
        typeof(ObjectOutcome),
        typeof(ObjectPage),
        typeof(ObjectQuery),
        typeof(ObjectRead),
        typeof(ServerStorageUsage),
        typeof(StorageUsage),
        typeof(StoredValue),
        typeof(ValueInfo),
        typeof(ValueOutcome),
        typeof(ValuePage),
        typeof(ValueWrite),
        typeof(OpenedSecret),
        typeof(SecretInfo),
        typeof(SecretList),
        typeof(SecretOutcome),
        typeof(SecretWrite),
        typeof(RoleDefinition),
        typeof(ServerAccess),
        typeof(InstancePeer),
        typeof(ServerDefinition),
        typeof(ServerLookup),
        typeof(SessionInfo),
        typeof(SessionKey),
        typeof(StreamOpening),
        typeof(McpTask),
        typeof(TaskAnswer),
        typeof(TaskLookup),
        typeof(TaskPage),
        typeof(TaskReport),
        typeof(TaskSeed),
        typeof(UsageCount),
        typeof(UsagePage),
        typeof(UsageQuery),
        typeof(UsageReport),
        typeof(UsageRow),
        typeof(UsageTotals),
        typeof(SlotGrant),
        typeof(SlotRequest),
        typeof(TokenLease),
        typeof(TokenRequest),
        typeof(EncryptionOutcome),
        typeof(ReplayAnswer),
        typeof(ReplayOutcome),
        typeof(ServerDeployment),
        typeof(ServerDescription),
        typeof(ServerPage),
        typeof(TenantConfiguration),
        typeof(TenantEntry),
        typeof(TenantOutcome),
        typeof(TenantPage),
        typeof(TenantRecord),
        typeof(TenantVersionPage),
        typeof(TenantNetwork),
        typeof(TenantQuotas),
        typeof(TenantSnapshot),
        typeof(ImportedReminder),
        typeof(ReminderImport),
    ];
}
