using Smcp.Runtimes.Worker.Bindings;

namespace Smcp.Runtimes.Worker.Configuring;

/// <summary>
/// Writes what workerd reads from its standard input: a <c>Config</c> of its schema (workerd.capnp) in binary form.
/// Secrets stand in it, so it is never a file and no argument (docs/decisions/0081).
/// </summary>
internal static class WorkerdConfiguration
{
    /// <summary>What the command line calls the socket on which the worker takes requests.</summary>
    public const string SocketName = "http";

    /// <summary>workerd offers clusters, which keep Durable Objects, with that only.</summary>
    public const string DurableObjectsOption = "--experimental";

    private const string WorkerService = "worker";
    private const string NetworkService = "internet";
    private const string BindingServicePrefix = "binding:";
    private const string UnixPrefix = "unix:";

    // The layout that Cap'n Proto's compiler gives the structs of the schema, as far as the fields used here reach: a
    // reader takes what is missing behind as unset.
    private static readonly CapnpLayout ConfigLayout = new(1, 7);
    private static readonly CapnpLayout SocketLayout = new(1, 5);
    private static readonly CapnpLayout ServiceLayout = new(1, 2);
    private static readonly CapnpLayout DesignatorLayout = new(1, 1);
    private static readonly CapnpLayout WorkerLayout = new(1, 9);
    private static readonly CapnpLayout ModuleLayout = new(1, 2);
    private static readonly CapnpLayout BindingLayout = new(1, 2);
    private static readonly CapnpLayout NetworkLayout = new(0, 1);
    private static readonly CapnpLayout ExternalLayout = new(1, 2);
    private static readonly CapnpLayout HttpLayout = new(1, 3);
    private static readonly CapnpLayout HeaderLayout = new(0, 2);
    private static readonly CapnpLayout ExtensionLayout = new(0, 1);
    private static readonly CapnpLayout ExtensionModuleLayout = new(1, 2);

    public static byte[] Write(WorkerdSettings settings)
    {
        var message = new CapnpMessage();
        var config = message.Root(ConfigLayout);
        var stored = settings.Bindings.Where(IsStored).ToList();
        var disks = settings.DurableObjects is null ? 0 : 1;
        var services = config.Structs(0, 2 + stored.Count + disks, ServiceLayout);
        WriteWorker(services[0], settings);
        WriteNetwork(services[1], settings.EgressAt);
        if (settings.DurableObjects is { } durable)
        {
            DurableConfiguration.WriteDisk(services[^1], durable);
            DurableConfiguration.WriteCluster(config, durable);
        }

        foreach (var (binding, service) in stored.Zip(services[2..]))
        {
            WriteBindingService(service, binding, settings);
        }

        WriteSocket(config.Structs(1, 1, SocketLayout)[0]);
        config.Texts(2, [$"--max-old-space-size={settings.HeapMebibytes}"]);
        if (settings.Library.Count > 0)
        {
            WriteLibrary(config.Structs(3, 1, ExtensionLayout)[0], settings.Library);
        }

        return message.ToArray();
    }

    /// <summary>Whether its data is ours to keep.</summary>
    public static bool IsStored(WorkerBinding binding) =>
        binding.Kind is WorkerBindingKind.KeyValues or WorkerBindingKind.Objects;

    private static void WriteWorker(CapnpStruct service, WorkerdSettings settings)
    {
        service.Text(0, WorkerService);
        service.Number(0, 1);
        var worker = service.Struct(1, WorkerLayout);
        worker.Number(0, 0);
        var modules = worker.Structs(0, settings.Modules.Count, ModuleLayout);
        foreach (var (module, target) in settings.Modules.Zip(modules))
        {
            target.Text(0, module.Name);
            target.Number(0, (ushort)module.Kind);
            if (module.Kind is WorkerModuleKind.Data or WorkerModuleKind.Wasm)
            {
                target.Bytes(1, module.Content.Span);
            }
            else
            {
                target.TextBytes(1, module.Content.Span);
            }
        }

        worker.Text(1, settings.CompatibilityDate);
        worker.Texts(2, settings.CompatibilityFlags);
        foreach (var (binding, target) in settings.Bindings.Zip(
            worker.Structs(3, settings.Bindings.Count, BindingLayout)))
        {
            WriteBinding(target, binding);
        }

        worker.Struct(4, DesignatorLayout).Text(0, NetworkService);
        if (settings.DurableObjects is { } durable)
        {
            DurableConfiguration.WriteClasses(worker, settings, durable);
        }
    }

    private static void WriteBinding(CapnpStruct target, WorkerBinding binding)
    {
        target.Text(0, binding.Name);
        switch (binding.Kind)
        {
            case WorkerBindingKind.Text:
                target.Number(0, 2);
                target.Text(1, binding.Text);
                break;
            case WorkerBindingKind.Json:
                target.Number(0, 4);
                target.Text(1, binding.Text);
                break;
            case WorkerBindingKind.DurableObjects:
                DurableConfiguration.WriteBinding(target, binding.Text);
                break;
            case WorkerBindingKind.KeyValues:
                target.Number(0, 9);
                target.Struct(1, DesignatorLayout).Text(0, BindingServicePrefix + binding.Name);
                break;
            default:
                target.Number(0, 10);
                target.Struct(1, DesignatorLayout).Text(0, BindingServicePrefix + binding.Name);
                break;
        }
    }

    /// <summary>
    /// Where <c>fetch</c> goes: to us, who see whole URLs, or to a network that allows no address. That it is for the
    /// network a header of ours says, over whatever the worker wrote there.
    /// </summary>
    private static void WriteNetwork(CapnpStruct service, string? egress)
    {
        service.Text(0, NetworkService);
        if (egress is null)
        {
            service.Number(0, 2);
            service.Struct(1, NetworkLayout).Texts(0, []);
            return;
        }

        service.Number(0, 3);
        var external = service.Struct(1, ExternalLayout);
        external.Text(0, UnixPrefix + egress);
        external.Number(0, 0);
        var http = external.Struct(1, HttpLayout);
        // HttpOptions.Style.proxy: the URL is whole, and no header says the host, which a server wants all the same.
        http.Number(0, 1);
        var headers = http.Structs(2, 2, HeaderLayout);
        WriteHeader(headers[0], BindingHeaders.Binding, BindingHeaders.NetworkName);
        WriteHeader(headers[1], "Host", NetworkService);
    }

    /// <summary>
    /// A KV namespace or bucket sends requests that name no binding: a header of ours does, and one of that name that
    /// came with the request is replaced.
    /// </summary>
    private static void WriteBindingService(CapnpStruct service, WorkerBinding binding, WorkerdSettings settings)
    {
        service.Text(0, BindingServicePrefix + binding.Name);
        service.Number(0, 3);
        var external = service.Struct(1, ExternalLayout);
        external.Text(0, UnixPrefix + settings.BindingsAt);
        external.Number(0, 0);
        WriteHeader(
            external.Struct(1, HttpLayout).Structs(2, 1, HeaderLayout)[0], BindingHeaders.Binding, binding.Name);
    }

    private static void WriteHeader(CapnpStruct header, string name, string value)
    {
        header.Text(0, name);
        header.Text(1, value);
    }

    /// <summary>Where it listens the command line says: on a socket that it inherits.</summary>
    private static void WriteSocket(CapnpStruct socket)
    {
        socket.Text(0, SocketName);
        socket.Number(0, 0);
        socket.Struct(2, HttpLayout).Number(0, 0);
        socket.Struct(4, DesignatorLayout).Text(0, WorkerService);
    }

    private static void WriteLibrary(CapnpStruct extension, IReadOnlyList<WorkerModule> library)
    {
        foreach (var (module, target) in library.Zip(
            extension.Structs(0, library.Count, ExtensionModuleLayout)))
        {
            target.Text(0, module.Name);
            target.Number(0, module.IsInternal ? (ushort)1 : (ushort)0);
            target.TextBytes(1, module.Content.Span);
        }
    }
}
