using Orleans.Serialization.Cloning;

namespace Smcp.Identity;

[GenerateSerializer]
internal struct CallContextSurrogate
{
    [Id(0)]
    public TenantId Tenant;

    [Id(1)]
    public PrincipalId Principal;

    [Id(2)]
    public string[] Scopes;

    [Id(3)]
    public string Revision;

    [Id(4)]
    public string CorrelationId;

    [Id(5)]
    public string? TraceParent;

    [Id(6)]
    public string? TraceState;

    [Id(7)]
    public string[] Roles;

    [Id(8)]
    public string[] Permissions;

    [Id(9)]
    public string? Credential;

    [Id(10)]
    public string? Address;

    [RegisterConverter]
    internal sealed class Converter : IConverter<CallContext, CallContextSurrogate>
    {
        public CallContext ConvertFromSurrogate(in CallContextSurrogate surrogate) =>
            new()
            {
                Tenant = surrogate.Tenant,
                Principal = surrogate.Principal,
                Scopes = surrogate.Scopes,
                Revision = surrogate.Revision,
                CorrelationId = surrogate.CorrelationId,
                TraceParent = surrogate.TraceParent,
                TraceState = surrogate.TraceState,
                Roles = surrogate.Roles,
                Permissions = surrogate.Permissions,
                Credential = surrogate.Credential,
                Address = surrogate.Address,
            };

        public CallContextSurrogate ConvertToSurrogate(in CallContext value) =>
            new()
            {
                Tenant = value.Tenant,
                Principal = value.Principal,
                Scopes = [.. value.Scopes],
                Revision = value.Revision,
                CorrelationId = value.CorrelationId,
                TraceParent = value.TraceParent,
                TraceState = value.TraceState,
                Roles = [.. value.Roles],
                Permissions = [.. value.Permissions],
                Credential = value.Credential,
                Address = value.Address,
            };
    }

    [RegisterCopier]
    internal sealed class Copier : ShallowCopier<CallContext>;
}
