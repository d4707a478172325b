using System.Globalization;
using System.Runtime.InteropServices;
using Smcp.Jailer.Cgroups;
using Smcp.Jailer.Launching;
using Smcp.Jailer.Orders;

namespace Smcp.Jailer.Jails;

/// <summary>
/// Makes jails: checks the order, lends a user and a cgroup, launches, bounds, and watches what no cgroup does.
/// </summary>
internal sealed class JailWarden(
    JailHost host, JailLauncher launcher, UserPool users, Spawner spawner, JailerTerms terms, TimeProvider time)
{
    private static readonly TimeSpan WatchPeriod = TimeSpan.FromMilliseconds(250);

    private readonly SoleTenant _tenant = new();
    private int _jails;
    private int _number;

    public JailReply Describe() =>
        new(JailReplyKind.Ready) { Level = host.Level, Problems = host.Problems };

    /// <summary>Makes a jail, whose program does not run yet.</summary>
    /// <exception cref="JailRefusedException">It cannot be made.</exception>
    public async Task<HeldJail> StartAsync(
        JailOrder order, IReadOnlyList<SafeHandle> descriptors, CancellationToken cancellationToken)
    {
        if (host.Level == JailLevel.Unavailable)
        {
            throw new JailRefusedException(string.Join("; ", host.Problems));
        }

        if (OrderRules.Problem(order, descriptors.Count) is { } problem)
        {
            throw new JailRefusedException(problem);
        }

        if (host.Level == JailLevel.User && !_tenant.Admits(order.Name))
        {
            throw new JailRefusedException(
                "jails of this node are for one tenant, and run programs of another: "
                    + $"{string.Join("; ", host.Problems)}; run the jailer as root (docs/operations.md)");
        }

        if (Interlocked.Increment(ref _jails) > terms.JailsMax)
        {
            Interlocked.Decrement(ref _jails);
            throw new JailRefusedException($"{terms.JailsMax} jails run already");
        }

        var loan = new Loan(Id(), host.Level == JailLevel.Full ? users.Lend() : null);
        try
        {
            return await MakeAsync(order, descriptors, loan, cancellationToken);
        }
        catch
        {
            await GiveBackAsync(loan);
            throw;
        }
    }

    private async Task<HeldJail> MakeAsync(
        JailOrder order, IReadOnlyList<SafeHandle> descriptors, Loan loan, CancellationToken cancellationToken)
    {
        if (host.Level == JailLevel.Full && loan.User is null)
        {
            throw new JailRefusedException("every user that jails may run as is lent");
        }

        var cgroup = host.Cgroups?.Create(loan.Id, order.Bounds);
        BlockedJail blocked;
        try
        {
            blocked = await launcher.LaunchAsync(loan.Id, loan.User, order, descriptors);
        }
        catch
        {
            cgroup?.TryRemove();
            throw;
        }

        var jail = new Jail(blocked, cgroup, time);
        try
        {
            await jail.BoundAsync(order.Bounds, cancellationToken);
            var listeners = await ListenAsync(jail.FirstProcess, order.Ports, cancellationToken);
            return new HeldJail(jail, listeners, Watch(jail, order.Bounds), () => GiveBackAsync(loan));
        }
        catch
        {
            jail.Kill();
            await jail.EndAsync();
            await jail.DisposeAsync();
            throw;
        }
    }

    private async Task<IReadOnlyList<SafeHandle>> ListenAsync(
        int process, IReadOnlyList<int> ports, CancellationToken cancellationToken) =>
        ports.Count == 0 ? []
        : host.Mounts is not null ? await spawner.RunAsync(() => LoopbackListeners.Open(process, ports))
        : await OutsideListeners.OpenAsync(host.Programs.Nsenter, process, ports, cancellationToken);

    /// <summary>Kills it at the end of its time and, where no cgroup bounds its memory, beyond that.</summary>
    private Watch Watch(Jail jail, JailBounds bounds)
    {
        var life = bounds.LifeSeconds == 0 ? null : time.CreateTimer(
            _ =>
            {
                jail.WasOutOfTime = true;
                jail.Kill();
            },
            null, TimeSpan.FromSeconds(bounds.LifeSeconds), Timeout.InfiniteTimeSpan);
        var memory = host.Cgroups is not null ? null : time.CreateTimer(
            _ =>
            {
                if (IsBeyond(jail, bounds))
                {
                    jail.WasOutOfMemory = true;
                    jail.Kill();
                }
            },
            null, WatchPeriod, WatchPeriod);
        return new Watch(life, memory);
    }

    /// <summary>What cannot be measured is on its way out. A timer's exception would end the jailer.</summary>
    private static bool IsBeyond(Jail jail, JailBounds bounds)
    {
        try
        {
            return jail.Measure().MemoryBytes > bounds.MemoryBytes;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return false;
        }
    }

    private async Task GiveBackAsync(Loan loan)
    {
        await launcher.ClearAsync(loan.Id);
        if (loan.User is { } user)
        {
            users.GiveBack(user);
        }

        Interlocked.Decrement(ref _jails);
    }

    private string Id() => string.Create(
        CultureInfo.InvariantCulture, $"{JailerMark.Own}-{Interlocked.Increment(ref _number)}");

    private sealed record Loan(string Id, uint? User);
}
