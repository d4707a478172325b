using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;
using Smcp.Storage;
using Smcp.Tenants;

namespace Smcp.Sessions;

/// <summary>
/// Opens a session: finds its server, takes a place with the tenant, shows the runtime the client, and commits what
/// was agreed.
/// </summary>
internal sealed class SessionNegotiation(SessionData data, IGrainLocator grains, IEngineFailures failures)
{
    private ITenantGrain Tenant => grains.Locate<ITenantGrain>(data.Key.Tenant.ToString());

    public async Task<McpOutcome> OpenAsync(CallContext context, McpCall call, CancellationToken cancellationToken)
    {
        if (!McpRevision.TryParse(context.Revision, out var revision) || !revision.UsesSessions)
        {
            return McpOutcome.Refused(
                FaultReason.InvalidRequest, $"Protocol revision {context.Revision} has no sessions.");
        }

        if (call.Params.Length > data.Options.InitializeBytesMax || !InitializeMessage.IsObject(call.Params))
        {
            return McpOutcome.Refused(
                FaultReason.InvalidParams,
                "The params of initialize are no object, or larger than a session may keep.");
        }

        try
        {
            var server = grains.Locate<IServerGrain>(new ServerKey(data.Key.Tenant, data.Key.Server).ToString());
            var lookup = await server.DescribeAsync(context, cancellationToken);
            return lookup.Definition is { } definition
                ? await AdmitAsync(context, call, InstanceOf(definition, context.Principal), cancellationToken)
                : McpOutcome.Refused(
                    lookup.Fault ?? new McpFault(FaultReason.ServerNotFound, "There is no such server."));
        }
        catch (Exception exception) when (failures.Classify(exception) != EngineFailure.None)
        {
            return McpOutcome.Refused(FaultReason.Unavailable, "The server cannot be reached now.");
        }
        catch (StorageUnavailableException)
        {
            return McpOutcome.Refused(FaultReason.Unavailable, "The session cannot be stored now.");
        }
    }

    private async Task<McpOutcome> AdmitAsync(
        CallContext context, McpCall call, string instance, CancellationToken cancellationToken)
    {
        if (await Tenant.AdmitSessionAsync(data.Key, cancellationToken) is { } refused)
        {
            return McpOutcome.Refused(refused);
        }

        var opened = false;
        try
        {
            var initialize = call with { Params = InitializeMessage.WithRevision(call.Params, context.Revision) };
            var peer = new InstancePeer { Session = data.Name, Initialize = initialize };
            var outcome = await grains.Locate<IInstanceGrain>(instance).OpenPeerAsync(context, peer, cancellationToken);
            if (outcome.Answer is not { IsError: false } answer)
            {
                return outcome;
            }

            if (!InitializeMessage.IsObject(answer.Body))
            {
                return McpOutcome.Refused(FaultReason.Internal, "The server did not answer initialize with an object.");
            }

            // From here on a crash may leave the session stored: its place stays, and the tenant's sweep decides.
            opened = true;
            return await CommitAsync(context, initialize, instance, answer.Body);
        }
        finally
        {
            if (!opened)
            {
                await Tenant.ReleaseSessionAsync(data.Key, CancellationToken.None);
            }
        }
    }

    private async Task<McpOutcome> CommitAsync(
        CallContext context, McpCall initialize, string instance, ReadOnlyMemory<byte> result)
    {
        var now = data.Time.GetUtcNow();
        data.State = new SessionState
        {
            Terms = new SessionTerms
            {
                Principal = context.Principal,
                Revision = context.Revision,
                Instance = instance,
                Initialize = initialize,
                ServerLogs = InitializeMessage.Declares(result, "logging"),
                ServerTakesSubscriptions = InitializeMessage.Declares(result, "resources", "subscribe"),
                CreatedAt = now,
            },
            LastUsedAt = now,
        };
        data.Age.Begin(now, now);
        await data.CommitAsync();
        return McpOutcome.Answered(McpReply.Result(InitializeMessage.WithRevision(result, context.Revision)));
    }

    /// <summary>It names the version too, and is kept: the session stays with the version that it begins on.</summary>
    private string InstanceOf(ServerDefinition definition, PrincipalId principal) => InstanceKey.Of(
        new ServerKey(data.Key.Tenant, data.Key.Server), definition, data.Key.Session.ToString(), principal)
        .ToString();
}
