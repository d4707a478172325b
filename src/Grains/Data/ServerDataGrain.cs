using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Security.Access;
using Smcp.Servers;

namespace Smcp.Data;

/// <summary>Asks the parts of a server's stores, for who may administer them.</summary>
internal class ServerDataGrain : IServerDataGrain
{
    private static readonly McpFault Unknown = new(FaultReason.NotFound, "There is no such key.");
    private static readonly McpFault Nothing = new(FaultReason.NotFound, "The server stores nothing.");

    private readonly Authorizer _authorizer;
    private readonly ServerDataOptions _options;
    private readonly ServerKey _key;
    private readonly ValueParts _values;
    private readonly ObjectParts _objects;
    private readonly InstanceStates _states;

    public ServerDataGrain(
        IActivationContext activation,
        Authorizer authorizer,
        InstanceStates states,
        IOptions<ServerDataOptions> options)
    {
        _states = states;
        _authorizer = authorizer;
        _options = options.Value;
        _key = ServerKey.Parse(activation.Key);
        _values = new ValueParts(activation.Grains, _key.Tenant, _key.Server);
        _objects = new ObjectParts(activation.Grains, _key.Tenant, _key.Server);
    }

    public async ValueTask<ValuePage> ListValuesAsync(
        CallContext context, string prefix, string? after, int countMax, CancellationToken cancellationToken) =>
        Check(context, writes: false) is { } fault
            ? new ValuePage { Fault = fault }
            : WithoutContent(await _values.ListAsync(prefix, after, Clamp(countMax), cancellationToken));

    public async ValueTask<McpFault?> DeleteValueAsync(
        CallContext context, string key, CancellationToken cancellationToken)
    {
        if (Check(context, writes: true) is { } fault)
        {
            return fault;
        }

        var outcome = await _values.Of(key).DeleteAsync(key, null, cancellationToken);
        return outcome.Fault ?? (outcome.Version == 0 ? Unknown : null);
    }

    public async ValueTask<ObjectPage> ListObjectsAsync(
        CallContext context, ObjectQuery query, CancellationToken cancellationToken) =>
        Check(context, writes: false) is { } fault
            ? new ObjectPage { Fault = fault }
            : WithoutContent(await _objects.ListAsync(
                query with { CountMax = Clamp(query.CountMax) }, cancellationToken));

    public async ValueTask<McpFault?> DeleteObjectAsync(
        CallContext context, string key, CancellationToken cancellationToken)
    {
        if (Check(context, writes: true) is { } fault)
        {
            return fault;
        }

        var outcome = await _objects.Of(key).DeleteAsync(key, ObjectConditions.None, cancellationToken);
        return outcome.Fault ?? (outcome.Info is null ? Unknown : null);
    }

    public async ValueTask<McpFault?> DeleteAllAsync(CallContext context, CancellationToken cancellationToken)
    {
        if (Check(context, writes: true) is { } fault)
        {
            return fault;
        }

        var removed = await _states.RemoveAsync(_key, cancellationToken);
        while (await _values.ListAsync(string.Empty, null, _options.PageKeysMax, cancellationToken)
            is { Items: { Count: > 0 } values })
        {
            await Task.WhenAll(values.Select(value =>
                _values.Of(value.Key).DeleteAsync(value.Key, null, cancellationToken).AsTask()));

            removed += values.Count;
        }

        var all = new ObjectQuery { CountMax = _options.PageKeysMax };
        while (await _objects.ListAsync(all, cancellationToken) is { Items: { Count: > 0 } objects })
        {
            await Task.WhenAll(objects.Select(found => _objects.Of(found.Name)
                .DeleteAsync(found.Name, ObjectConditions.None, cancellationToken).AsTask()));

            removed += objects.Count;
        }

        return removed == 0 ? Nothing : null;
    }

    /// <summary>What is the host's own with a tenant is no server's data.</summary>
    private McpFault? Check(CallContext context, bool writes) =>
        _authorizer.Administer(context, _key.Tenant, writes, AdminAreas.Data)
        ?? (ReservedServers.Contains(_key.Server) ? Nothing : null);

    private static ValuePage WithoutContent(ValuePage page) =>
        page with { Items = [.. page.Items.Select(item => item with { Metadata = null })] };

    /// <summary>An ETag would tell who guesses a content that it is this one.</summary>
    private static ObjectPage WithoutContent(ObjectPage page) => page with
    {
        Items =
        [
            .. page.Items.Select(item => item with
            {
                Info = item.Info is { } info
                    ? new ObjectInfo
                    {
                        Key = info.Key,
                        Bytes = info.Bytes,
                        ETag = string.Empty,
                        Id = string.Empty,
                        ContentType = info.ContentType,
                        At = info.At,
                    }
                    : null,
            }),
        ],
    };

    private int Clamp(int countMax) => Math.Clamp(countMax, 1, _options.PageKeysMax);
}
