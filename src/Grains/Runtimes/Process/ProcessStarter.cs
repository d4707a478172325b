using System.Globalization;
using Microsoft.Extensions.Options;
using Smcp.Mcp;
using Smcp.Network.Egress.Proxying;
using Smcp.Runtimes.Jails;
using Smcp.Runtimes.Jails.Output;
using Smcp.Servers;

namespace Smcp.Runtimes.Process;

/// <summary>
/// Starts programs in jails. A program sees its image at <c>/app</c>, its own environment, and beyond its jail only the
/// places of its rules, by the HTTP proxy that its environment names or by ports of its own loopback.
/// </summary>
internal sealed class ProcessStarter(
    IJails jails, EgressProxies proxies, IOptions<ProcessRuntimeOptions> options, IImageFolders? images = null)
{
    private const string ImageFolder = "/app";
    private const string Commands = "node_modules/.bin";
    private const int ProxyPort = 3128;

    private static readonly McpFault MissingSecret = new(
        FaultReason.Unavailable,
        "A secret that the server needs is not there, or not granted to it; nothing was run.");

    private static readonly string[] ProxyVariables = ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"];

    private readonly ProcessRuntimeOptions _options = options.Value;

    /// <summary>Opens the files of a server.</summary>
    /// <exception cref="InvalidOperationException">
    /// It has no settings of a program, or files that this node lacks.
    /// </exception>
    public async ValueTask<ProcessPlan> PlanAsync(RuntimeStart start, CancellationToken cancellationToken)
    {
        if (start.Definition.Deployed is not { Settings: { Process: not null } settings } version)
        {
            throw new InvalidOperationException("The server has no settings of a program.");
        }

        if (version.Image is not { } image)
        {
            return new ProcessPlan(start, settings, null);
        }

        var server = new ServerKey(start.Instance.Tenant, start.Instance.Server);
        return images is null
            ? throw new InvalidOperationException("This node keeps no images.")
            : new ProcessPlan(start, settings, await images.OpenAsync(server, image, cancellationToken));
    }

    /// <summary>Starts one process of it.</summary>
    /// <exception cref="JailUnavailableException">It cannot run here, or a secret of its is missing.</exception>
    public async Task<RunningProcess> StartAsync(ProcessPlan plan, CancellationToken cancellationToken)
    {
        var ports = Ports(plan.Settings);
        var environment = await EnvironmentAsync(plan, ports.Count > 0, cancellationToken);
        var jail = await jails.StartAsync(OrderOf(plan, environment, [.. ports.Keys]), cancellationToken);
        var proxy = proxies.Create(
            new EgressOwner(plan.Start.Instance.Tenant, plan.Start.Instance.Server, plan.Settings.Egress));
        foreach (var (listener, place) in jail.Listeners.Zip(ports.Values))
        {
            if (place is { } fixedPlace)
            {
                proxy.ServePort(listener, fixedPlace);
            }
            else
            {
                proxy.ServeHttp(listener);
            }
        }

        var secrets = plan.Process.SecretEnvironment.Keys.Select(name => environment[name]);
        return new RunningProcess(jail, proxy, SecretMask.Of(secrets));
    }

    /// <summary>The ports of its loopback: null is the HTTP proxy. None where it may connect to nothing.</summary>
    private static Dictionary<int, EgressPlace?> Ports(ServerSettings settings)
    {
        var ports = new Dictionary<int, EgressPlace?>();
        if (settings.Egress.Count > 0)
        {
            foreach (var (port, place) in settings.Process!.Ports)
            {
                ports[PortOf(port)] = EgressPlace.Parse(place)
                    ?? throw new JailUnavailableException($"{place} is no place that a port can lead to.");
            }

            ports.TryAdd(ProxyPort, null);
        }

        return ports;
    }

    private static int PortOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new JailUnavailableException($"{text} is no port.");

    private JailStart OrderOf(
        ProcessPlan plan, Dictionary<string, string> environment, IReadOnlyList<int> ports) => new()
        {
            Tenant = plan.Start.Instance.Tenant,
            Server = plan.Start.Instance.Server,
            Executable = Executable(plan),
            Arguments = plan.Process.Arguments,
            Environment = environment,
            WorkingFolder = plan.Image is null ? "/tmp" : ImageFolder,
            Folders = plan.Image is { } image
                ? new Dictionary<string, string> { [ImageFolder] = image.Path }
                : new Dictionary<string, string>(),
            Scratch = plan.Process.Scratch.ToDictionary(
                pair => pair.Key, pair => Math.Min(pair.Value, _options.ScratchBytesMax)),
            LoopbackPorts = ports,
            Limits = new JailLimits
            {
                MemoryBytes = Math.Min(
                    plan.Settings.Limits.MemoryBytes ?? _options.MemoryBytes, _options.MemoryBytesMax),
                CpuPercent = _options.CpuPercent,
                Processes = _options.TasksMax,
                OpenFiles = _options.OpenFilesMax,
                FileBytes = _options.FileBytesMax,
                TemporaryBytes = _options.ScratchBytesMax,
            },
        };

    /// <summary>A path is the image's; a name is one of the image's commands, or else one of the jail's path.</summary>
    private static string Executable(ProcessPlan plan)
    {
        var command = plan.Process.Command;
        return plan.Image is not { } image || command.StartsWith('/') ? command
            : command.Contains('/', StringComparison.Ordinal) ? $"{ImageFolder}/{Shortest(command)}"
            : HasCommand(image.Path, command) ? $"{ImageFolder}/{Commands}/{command}"
            : command;
    }

    /// <summary>Looked for without following the image's links: they may lead anywhere on this host.</summary>
    private static bool HasCommand(string image, string command)
    {
        var folder = image;
        foreach (var part in Commands.Split('/'))
        {
            folder = Path.Combine(folder, part);
            if (new DirectoryInfo(folder) is not { Exists: true, LinkTarget: null })
            {
                return false;
            }
        }

        return new FileInfo(Path.Combine(folder, command)) is { LinkTarget: not null } or { Exists: true };
    }

    private static string Shortest(string command) =>
        command.StartsWith("./", StringComparison.Ordinal) ? command[2..] : command;

    private static async Task<Dictionary<string, string>> EnvironmentAsync(
        ProcessPlan plan, bool hasProxy, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string>(plan.Process.Environment);
        foreach (var (name, secret) in plan.Process.SecretEnvironment)
        {
            environment[name] = plan.Settings.Secrets.Contains(secret)
                && await plan.Start.Data.Secrets.GetAsync(secret, cancellationToken) is { } value
                    ? value
                    : throw new JailUnavailableException($"The secret {secret} is not there, or not granted.")
                    {
                        Fault = MissingSecret,
                    };
        }

        if (hasProxy)
        {
            var proxy = $"http://127.0.0.1:{ProxyPort.ToString(CultureInfo.InvariantCulture)}";
            foreach (var name in ProxyVariables)
            {
                environment.TryAdd(name, proxy);
            }

            // Programs that speak to their own loopback need no proxy for it; Node asks the environment only if told.
            environment.TryAdd("NO_PROXY", "localhost,127.0.0.1");
            environment.TryAdd("NODE_USE_ENV_PROXY", "1");
        }

        return environment;
    }
}
