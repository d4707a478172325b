using Microsoft.Extensions.Options;
using Smcp.Network.Egress;
using Smcp.Network.Egress.Proxying;
using Smcp.Runtimes.Jails;
using Smcp.Runtimes.Jails.Output;
using Smcp.Runtimes.Worker.Bindings;
using Smcp.Runtimes.Worker.Configuring;
using Smcp.Runtimes.Worker.Durable;
using Smcp.Runtimes.Worker.Fetching;

namespace Smcp.Runtimes.Worker;

/// <summary>
/// Starts workerd in a jail. It gets its configuration by its standard input, and the socket where it takes requests as
/// a descriptor that already listens: no file names a secret, and nothing in the jail can put another socket in its
/// place (docs/decisions/0081). So one can wait for it before anybody knows whose it will be (docs/decisions/0089).
/// </summary>
internal sealed class WorkerStarter(
    IJails jails,
    WorkerBlanks blanks,
    BindingServer bindings,
    EgressProxies proxies,
    EgressHttp http,
    DurableStores stores,
    TimeProvider time,
    IOptions<WorkerRuntimeOptions> options)
{
    private const string ProgramFolder = "/opt/workerd";
    private const string BindingsAt = "/run/smcp/bindings.sock";
    private const string ControlLine = "{\"event\":";
    private const int FailureCharactersMax = 512;
    private const int ProcessesMax = 64;
    private const int OpenFilesMax = 512;

    // Each Durable Object that is awake has some.
    private const int DurableFilesMax = 4_096;
    private const int StorePort = 9_000;
    private const string ObjectsFolder = "/objects";
    private const long FileBytesMax = 1 << 20;

    private readonly WorkerRuntimeOptions _options = options.Value;

    /// <summary>A process that takes requests.</summary>
    /// <param name="plan">Of what.</param>
    /// <param name="isSpare">Whether no call needs it yet: then it may not take what another's call needs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WorkerUnavailableException">None can be started, or not of this.</exception>
    public async Task<WorkerProcess> StartAsync(WorkerPlan plan, bool isSpare, CancellationToken cancellationToken)
    {
        var program = WorkerdProgram.Find(_options)
            ?? throw new WorkerUnavailableException("Servers in JavaScript cannot run here: workerd is missing.");
        var members = await WorkerMembers.ReadAsync(plan, cancellationToken);
        JailStart Started(WorkerSeat seat) => Start(plan, program, seat) with { IsSpare = isSpare, Blank = seat.Blank };
        if (!isSpare && blanks.Take(Started) is { } waits)
        {
            try
            {
                return await StartAsync(plan, members, Started, waits, cancellationToken);
            }
            catch (WorkerUnavailableException exception) when (exception.IsLost)
            {
                // It ended while it waited: nothing of this worker ran in it.
            }
        }

        return await StartAsync(plan, members, Started, blanks.Sit(), cancellationToken);
    }

    /// <summary>Begins to make the jail of a process like this one that may be needed, for whichever worker.</summary>
    public void Prepare(WorkerPlan plan)
    {
        if (WorkerdProgram.Find(_options) is { } program)
        {
            blanks.Fill(seat => Start(plan, program, seat));
        }
    }

    private async Task<WorkerProcess> StartAsync(
        WorkerPlan plan,
        IReadOnlyList<WorkerBinding> members,
        Func<WorkerSeat, JailStart> start,
        WorkerSeat seat,
        CancellationToken cancellationToken)
    {
        var budget = new SubrequestBudget(plan.Limits.Subrequests);
        var network = new WorkerNetwork(
            proxies.CreateGate(new EgressOwner(plan.Tenant, plan.Server, plan.Settings.Egress)), http);
        WorkerDoors? served = null;
        IJailedProcess? jail = null;
        try
        {
            served = new WorkerDoors(
                await bindings.ServeAsync(
                    seat.Bindings, new BindingTarget(plan.Data, members, budget, _options, network)),
                network,
                stores.Create(plan));
            jail = await jails.StartAsync(start(seat), cancellationToken);
            await seat.LeaveAsync();
            if (served.Store is { } store)
            {
                await store.OpenAsync(bindings, jail.Listeners[0], _options);
            }

            var process = new WorkerProcess(jail, budget, served, seat.RequestsAt, seat.Files, members, time);
            var mask = SecretMask.Of(members.Where(member => plan.Settings.Secrets.Contains(member.Name))
                .Select(member => member.Text ?? string.Empty));
            await BeginAsync(jail, Configuration(plan, members, served.Store), (plan, mask), cancellationToken);
            return process;
        }
        catch (Exception exception)
        {
            await GiveUpAsync(jail, served, seat);
            throw exception is JailUnavailableException unavailable
                ? new WorkerUnavailableException(exception.Message) { Fault = unavailable.Fault }
                : exception;
        }
    }

    private JailStart Start(WorkerPlan plan, string program, WorkerSeat seat) => new()
    {
        Tenant = plan.Tenant,
        Server = plan.Server,
        Executable = $"{ProgramFolder}/{Path.GetFileName(program)}",
        Arguments =
        [
            "serve", "--binary", "-", $"--socket-fd={WorkerdConfiguration.SocketName}=3", "--control-fd=1",
            .. plan.HasDurableObjects ? [WorkerdConfiguration.DurableObjectsOption] : Array.Empty<string>(),
        ],
        Folders = new Dictionary<string, string> { [ProgramFolder] = Path.GetDirectoryName(program)! },
        Sockets = new Dictionary<string, string> { [BindingsAt] = seat.BindingsAt },
        Inherited = [seat.Requests.SafeHandle],
        LoopbackPorts = plan.HasDurableObjects ? [StorePort] : [],
        Scratch = plan.HasDurableObjects
            ? new Dictionary<string, long> { [ObjectsFolder] = _options.DurableObjectBytesMax }
            : new Dictionary<string, long>(),
        Limits = new JailLimits
        {
            MemoryBytes = plan.Limits.MemoryBytes + (plan.HasDurableObjects ? _options.DurableObjectBytesMax : 0),
            CpuLater = true,
            Processes = ProcessesMax,
            OpenFiles = plan.HasDurableObjects ? DurableFilesMax : OpenFilesMax,
            FileBytes = plan.HasDurableObjects ? _options.DurableObjectBytesMax : FileBytesMax,
            TemporaryBytes = FileBytesMax,
        },
    };

    private byte[] Configuration(WorkerPlan plan, IReadOnlyList<WorkerBinding> members, DurableStore? store) =>
        WorkerdConfiguration.Write(new WorkerdSettings
        {
            Modules = plan.Modules,
            Library = WorkerModules.Library,
            CompatibilityDate = plan.Settings.Worker!.CompatibilityDate ?? _options.CompatibilityDate,
            CompatibilityFlags = CompatibilityFlags.Of(plan.Settings.Worker),
            Bindings = members,
            BindingsAt = BindingsAt,
            EgressAt = BindingsAt,
            DurableObjects = store is null ? null : new WorkerdDurableObjects(
                StorePort, store.Credential, store.Secret, DurableStore.NewKey(), ObjectsFolder,
                $"{plan.Tenant}.{plan.Server}"),
            HeapMebibytes = plan.Limits.HeapMebibytes,
        });

    /// <summary>Tells workerd what it is, and waits until it takes requests.</summary>
    private async Task BeginAsync(
        IJailedProcess jail,
        byte[] configuration,
        (WorkerPlan Plan, SecretMask Mask) known,
        CancellationToken cancellationToken)
    {
        var output = new WorkerOutput(FailureCharactersMax);
        _ = output.DrainAsync(jail.Output, new OutputLines(known.Mask, line =>
        {
            if (!line.StartsWith(ControlLine, StringComparison.Ordinal))
            {
                known.Plan.Wrote(line);
            }
        }));
        _ = output.DrainAsync(jail.Error, new OutputLines(known.Mask, known.Plan.Wrote));
        using var deadline = new CancellationTokenSource(_options.StartTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            await using (jail.Input)
            {
                await jail.Input.WriteAsync(configuration, either.Token);
            }

            await Task.WhenAny(output.Listens, jail.Exited).WaitAsync(either.Token);
        }
        catch (Exception exception) when (exception is IOException
            || (exception is OperationCanceledException && deadline.IsCancellationRequested))
        {
            // What it said tells more than that it did not listen.
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (!output.Listens.IsCompleted)
        {
            throw new WorkerUnavailableException($"The worker did not start: {Clean(output.Tail)}")
            {
                IsLost = jail.Exited.IsCompleted && output.Tail.Length == 0,
            };
        }
    }

    private static async Task GiveUpAsync(IJailedProcess? jail, WorkerDoors? served, WorkerSeat seat)
    {
        if (jail is not null)
        {
            await jail.DisposeAsync();
        }

        if (served is not null)
        {
            await served.DisposeAsync();
        }

        await seat.DisposeAsync();
    }

    /// <summary>One line of what can be printed.</summary>
    private static string Clean(string text) =>
        string.Concat(text.Trim().Select(c => char.IsControl(c) ? ' ' : c)) is { Length: > 0 } said
            ? said
            : "it said nothing.";
}
