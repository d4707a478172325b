using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Runtimes;
using Smcp.Security.Secrets;

namespace Smcp.Servers;

/// <summary>Gives each instance what is kept for its server, and for no other.</summary>
internal sealed class InstanceData(
    IGrainLocator grains, IEngineFailures failures, TimeProvider time, IOptions<SecretOptions> secrets)
{
    public ServerData Of(InstanceKey instance) =>
        new(new GrainSecrets(grains, failures, time, instance, secrets.Value));
}
