using System.Globalization;
using Smcp.Runtimes.Worker.Durable;

namespace Smcp.Runtimes.Worker.Configuring;

/// <summary>
/// What workerd's configuration says of Durable Objects: their classes, the disk for their files, and the cluster whose
/// bucket has what is kept (docs/decisions/0087).
/// </summary>
internal static class DurableConfiguration
{
    /// <summary>The number of the binding's kind in the schema's union.</summary>
    private const ushort Namespace = 8;

    private const string DiskService = "durable-objects";
    private const ushort LocalDisk = 2;
    private const ushort SqlEnabled = 2;

    // As in WorkerdConfiguration.
    private static readonly CapnpLayout ClusterLayout = new(1, 4);
    private static readonly CapnpLayout DiskLayout = new(1, 1);
    private static readonly CapnpLayout NamespaceLayout = new(1, 2);
    private static readonly CapnpLayout NamespaceDesignatorLayout = new(0, 1);

    public static void WriteBinding(CapnpStruct target, string className)
    {
        target.Number(0, Namespace);
        target.Struct(1, NamespaceDesignatorLayout).Text(0, className);
    }

    /// <summary>Each class once, however many members of <c>env</c> are for it.</summary>
    public static void WriteClasses(CapnpStruct worker, WorkerdSettings settings, WorkerdDurableObjects durable)
    {
        var classes = settings.Bindings.Where(binding => binding.Kind == WorkerBindingKind.DurableObjects)
            .Select(binding => binding.Text).Distinct(StringComparer.Ordinal).ToList();
        foreach (var (name, target) in classes.Zip(worker.Structs(5, classes.Count, NamespaceLayout)))
        {
            target.Text(0, name);
            target.Number(0, 0);
            target.Text(1, $"{durable.Owner}.{name}");
            target.Number(1, SqlEnabled);
        }

        worker.Number(1, LocalDisk);
        worker.Text(8, DiskService);
    }

    public static void WriteDisk(CapnpStruct service, WorkerdDurableObjects durable)
    {
        service.Text(0, DiskService);
        service.Number(0, 4);
        var disk = service.Struct(1, DiskLayout);
        disk.Text(0, durable.Folder);
        disk.Number(0, 1);
    }

    public static void WriteCluster(CapnpStruct config, WorkerdDurableObjects durable)
    {
        var cluster = config.Struct(6, ClusterLayout);
        cluster.Text(0, $"s3://{DurableKeys.Bucket}");
        cluster.Texts(1,
        [
            $"aws_endpoint=http://127.0.0.1:{durable.Port.ToString(CultureInfo.InvariantCulture)}",
            "aws_region=auto",
            $"aws_access_key_id={durable.Credential}",
            $"aws_secret_access_key={durable.Secret}",
        ]);
        cluster.Text(2, "127.0.0.1:0");
        cluster.Text(3, durable.Key);
    }
}
