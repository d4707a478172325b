using Smcp.Identity;

namespace Smcp.Security.Encryption.Upkeep;

/// <summary>Does nothing to any key, and notes what it is asked.</summary>
internal sealed class NotedKeys : IKeyAdministration
{
    private readonly List<string> _asked = [];
    private TaskCompletionSource _continued = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<string> Asked => _asked;

    public int Continued { get; private set; }

    public bool IsDone { get; set; } = true;

    /// <summary>Completes when it is asked to carry on once more: arm it before the act.</summary>
    public Task WhenContinued()
    {
        _continued = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _continued.Task;
    }

    public ValueTask<KeyStatus> StatusAsync(CancellationToken cancellationToken) =>
        NoteAsync("status", new KeyStatus());

    public ValueTask<TenantKeys> DescribeAsync(TenantId tenant, CancellationToken cancellationToken) =>
        NoteAsync("describe", new TenantKeys());

    public ValueTask<int> RotateMasterAsync(CancellationToken cancellationToken) => NoteAsync("rotate master", 2);

    public ValueTask<bool> RotateTenantAsync(TenantId tenant, CancellationToken cancellationToken) =>
        NoteAsync($"rotate {tenant}", true);

    public ValueTask<bool> DestroyTenantKeysAsync(TenantId tenant, CancellationToken cancellationToken) =>
        NoteAsync($"destroy {tenant}", true);

    public ValueTask<bool> ProvisionTenantAsync(TenantId tenant, CancellationToken cancellationToken) =>
        NoteAsync($"provision {tenant}", true);

    public ValueTask<IReadOnlyList<KeyDeletion>> DeletionsAsync(CancellationToken cancellationToken) =>
        NoteAsync<IReadOnlyList<KeyDeletion>>("deletions", []);

    public async ValueTask ReplayDeletionsAsync(
        IReadOnlyList<KeyDeletion> deletions, CancellationToken cancellationToken) =>
        await NoteAsync("replay", true);

    public ValueTask<bool> ContinueAsync(CancellationToken cancellationToken)
    {
        Continued++;
        _continued.TrySetResult();
        return new(IsDone);
    }

    private ValueTask<T> NoteAsync<T>(string what, T answer)
    {
        _asked.Add(what);
        return new(answer);
    }
}
