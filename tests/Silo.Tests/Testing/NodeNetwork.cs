using System.Globalization;
using Smcp.EndToEnd.Serving;

namespace Smcp.Testing;

/// <summary>
/// A network namespace for each node, joined by a bridge: links that a test can cut. Needs root and <c>ip</c>.
/// </summary>
internal sealed class NodeNetwork : IAsyncDisposable
{
    private readonly string _name;
    private readonly int _subnet;
    private readonly int _nodes;

    private NodeNetwork(string name, int subnet, int nodes)
    {
        _name = name;
        _subnet = subnet;
        _nodes = nodes;
    }

    /// <summary>Makes the network, or says in a sentence why this machine has none.</summary>
    public static async Task<(NodeNetwork? Network, string? Problem)> MakeAsync(int nodes)
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            return (null, "Network namespaces need root on Linux.");
        }

        var number = Environment.ProcessId % 200;
        var name = string.Create(CultureInfo.InvariantCulture, $"sm{number}");
        var network = new NodeNetwork(name, number, nodes);
        try
        {
            await network.BuildAsync();
            return (network, null);
        }
        catch (InvalidOperationException problem)
        {
            await network.DisposeAsync();
            return (null, $"Network namespaces cannot be made here: {problem.Message}");
        }
    }

    /// <summary>The namespace of a node, counted from one.</summary>
    public string NamespaceOf(int node) => string.Create(CultureInfo.InvariantCulture, $"{_name}n{node}");

    public string AddressOf(int node) => string.Create(CultureInfo.InvariantCulture, $"10.213.{_subnet}.{node}");

    /// <summary>Cuts a node off from the others and from clients; what a file system reaches stays.</summary>
    public Task CutAsync(int node) => IpAsync("link", "set", LinkOf(node), "down");

    public Task HealAsync(int node) => IpAsync("link", "set", LinkOf(node), "up");

    public async ValueTask DisposeAsync()
    {
        for (var node = 1; node <= _nodes; node++)
        {
            await ChildProgram.RunAsync("ip", ["netns", "delete", NamespaceOf(node)]);
            await ChildProgram.RunAsync("ip", ["link", "delete", LinkOf(node)]);
        }

        await ChildProgram.RunAsync("ip", ["link", "delete", _name]);
    }

    private string LinkOf(int node) => string.Create(CultureInfo.InvariantCulture, $"{_name}v{node}");

    private async Task BuildAsync()
    {
        await IpAsync("link", "add", _name, "type", "bridge");
        await IpAsync("address", "add", $"{AddressOf(254)}/24", "dev", _name);
        await IpAsync("link", "set", _name, "up");
        for (var node = 1; node <= _nodes; node++)
        {
            var (space, link) = (NamespaceOf(node), LinkOf(node));
            await IpAsync("netns", "add", space);
            await IpAsync("link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", space);
            await IpAsync("link", "set", link, "master", _name, "up");
            await IpAsync("-n", space, "address", "add", $"{AddressOf(node)}/24", "dev", "eth0");
            await IpAsync("-n", space, "link", "set", "eth0", "up");
            await IpAsync("-n", space, "link", "set", "lo", "up");
        }
    }

    private static async Task IpAsync(params string[] arguments)
    {
        var run = await ChildProgram.RunAsync("ip", arguments);
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {run.Errors.Trim()}");
        }
    }
}
