using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Access;

namespace Smcp.Servers;

/// <summary>
/// Who may do what at this instance: asks <see cref="AccessRules"/> with the server's policy, which may have changed
/// since the runtime was started.
/// </summary>
internal sealed class InstanceGate(
    IActivationContext activation, InstanceKey key, RuntimeHolder holder, AccessAudit audit, InstanceOptions options)
{
    private readonly string _things = $"{key.Server}/";
    private readonly ServerPolicy _policy =
        new(activation, new ServerKey(key.Tenant, key.Server), () => key.Version, audit, options);

    private ServerDefinition? _startedFrom;

    private ServerAccess Access => _policy.Access ?? ServerAccess.Tenant;

    /// <summary>
    /// Whether the caller may make this request: null, or why not. Completes at once for a fresh policy.
    /// </summary>
    public ValueTask<McpFault?> AdmitAsync(CallContext caller, McpCall call) =>
        IsFresh() ? new(Decide(caller, call)) : ReadThenDecideAsync(caller, call);

    /// <summary>Whether the caller may see a resource.</summary>
    public bool ShowsResource(CallContext caller, string uri) =>
        AccessRules.Sees(caller, Permissions.Resource, $"{key.Server}/{uri}");

    /// <summary>An answer as this caller may see it.</summary>
    public McpReply Show(CallContext caller, string method, McpReply reply) =>
        reply.IsError ? reply : ListView.Of(caller, _things, Access, method, reply);

    private bool IsFresh()
    {
        if (_startedFrom != holder.Definition)
        {
            _startedFrom = holder.Definition;
            _policy.Begin(_startedFrom?.Access ?? ServerAccess.Tenant);
        }

        return _policy.IsFresh;
    }

    private async ValueTask<McpFault?> ReadThenDecideAsync(CallContext caller, McpCall call) =>
        await _policy.ReadAsync(caller) ?? Decide(caller, call);

    private McpFault? Decide(CallContext caller, McpCall call) => _policy.Reach(caller) ?? Use(caller, call);

    private McpFault? Use(CallContext caller, McpCall call)
    {
        if (Subject(caller, call) is not { } subject)
        {
            return null;
        }

        var decision = AccessRules.Use(caller, key.Server, subject.Action, subject.Name, subject.Scope);
        if (!decision.IsAllowed)
        {
            audit.Denied(caller, subject.Action, $"{key.Server}/{subject.Name}", decision.Reason);
        }

        return decision.Fault;
    }

    /// <summary>
    /// What the request is about, where that matters. For a caller who may use all of a kind, nobody parses the params.
    /// </summary>
    private AccessSubject? Subject(CallContext caller, McpCall call)
    {
        if (AccessSubject.ActionOf(call.Method) is not { } action)
        {
            return null;
        }

        var scope = AccessSubject.ScopeOf(call.Method);
        return AccessRules.UsesAll(caller, action, _things) && McpScopes.Cover(caller.Scopes, scope)
            ? null
            : AccessSubject.Of(call);
    }
}
