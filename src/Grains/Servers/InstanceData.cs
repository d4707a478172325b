using Microsoft.Extensions.Options;
using Smcp.Data;
using Smcp.Engine;
using Smcp.Runtimes;
using Smcp.Security.Secrets;

namespace Smcp.Servers;

/// <summary>Gives each instance what is kept for its server, and for no other.</summary>
internal sealed class InstanceData(
    IGrainLocator grains,
    IEngineFailures failures,
    TimeProvider time,
    IOptions<SecretOptions> secrets,
    IOptions<ServerDataOptions> data)
{
    private readonly DataReach _reach = new(failures);

    public ServerData Of(InstanceKey instance) => new(
        new GrainSecrets(grains, failures, time, instance, secrets.Value),
        new GrainKeyValues(new ValueParts(grains, instance.Tenant, instance.Server), _reach, time, data.Value),
        new GrainObjects(new ObjectParts(grains, instance.Tenant, instance.Server), _reach, data.Value));
}
