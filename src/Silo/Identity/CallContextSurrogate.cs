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
            };
    }

    [RegisterCopier]
    internal sealed class Copier : ShallowCopier<CallContext>;
}
