using Orleans.Runtime.MembershipService.SiloMetadata;
using Smcp.Runtimes;
using Smcp.Runtimes.Process;
using Smcp.Runtimes.Worker;

namespace Smcp.Servers;

/// <summary>Which silos run programs of others, and what a silo that does not goes without.</summary>
internal static class ProgramSilos
{
    private const string Key = "smcp.programs";
    private const string None = "none";

    private static readonly Type[] InJails = [typeof(ProcessRuntimeFactory), typeof(WorkerRuntimeFactory)];

    /// <summary>What a silo tells the others of itself.</summary>
    public static Dictionary<string, string> Metadata(bool runsPrograms) =>
        runsPrograms ? [] : new Dictionary<string, string> { [Key] = None };

    /// <summary>Of a silo that has not said anything yet, too.</summary>
    public static bool RunsPrograms(SiloMetadata silo) => silo.Metadata.GetValueOrDefault(Key) != None;

    /// <summary>Takes away what starts programs in jails.</summary>
    public static IServiceCollection RemovePrograms(this IServiceCollection services)
    {
        foreach (var runtime in services.Where(IsInJails).ToList())
        {
            services.Remove(runtime);
        }

        return services;
    }

    private static bool IsInJails(ServiceDescriptor service) =>
        service.ServiceType == typeof(IServerRuntimeFactory) && InJails.Contains(service.ImplementationType);
}
