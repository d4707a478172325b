using System.Buffers.Binary;
using System.Buffers.Text;
using Microsoft.Extensions.Options;
using Smcp.Engine;
using Smcp.Identity;
using Smcp.Mcp;

namespace Smcp.Tasks;

/// <summary>
/// Keeps which tasks a principal has. An entry is written before its task, so that no task is missing from the list;
/// one whose task was never made is passed over by who reads the list, and expires.
/// </summary>
internal class TaskListGrain(IActivationContext activation, IOptions<TaskOptions> options) : ITaskListGrain
{
    private static readonly McpFault Full = new(FaultReason.LimitExceeded, "You keep too many tasks.");
    private static readonly McpFault Foreign = new(FaultReason.InvalidParams, "There is no such list.");
    private static readonly McpFault NoCursor = new(FaultReason.InvalidParams, "The cursor names no page.");

    private readonly TaskListKey _key = TaskListKey.Parse(activation.Key);
    private readonly IGrainState<TaskListState> _state = activation.State<TaskListState>("list");

    private DateTimeOffset Now => activation.Time.GetUtcNow();

    public async Task<McpFault?> AddAsync(
        CallContext context, TaskId task, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        if (!IsOwn(context))
        {
            return Foreign;
        }

        var kept = _state.Value.Entries.Where(entry => entry.ExpiresAt > Now).ToList();
        if (kept.Count >= options.Value.KeptPerPrincipalMax)
        {
            return Full;
        }

        var number = _state.Value.LastNumber + 1;
        kept.Add(new TaskListEntry(number, task, Now + lifetime));
        _state.Value = new TaskListState { LastNumber = number, Entries = kept };
        await _state.WriteAsync(cancellationToken);
        return null;
    }

    public Task<TaskPage> PageAsync(CallContext context, string? cursor, CancellationToken cancellationToken)
    {
        if (!IsOwn(context))
        {
            return Task.FromResult(new TaskPage { Fault = Foreign });
        }

        if (!TryReadCursor(cursor, out var before))
        {
            return Task.FromResult(new TaskPage { Fault = NoCursor });
        }

        var rest = _state.Value.Entries
            .Where(entry => entry.Number < before && entry.ExpiresAt > Now)
            .Reverse()
            .ToList();
        var page = rest.Take(options.Value.ListPageItemsMax).ToList();
        return Task.FromResult(new TaskPage
        {
            Tasks = [.. page.Select(entry => entry.Task)],
            NextCursor = page.Count < rest.Count ? CursorOf(page[^1]) : null,
        });
    }

    public async Task RemoveAsync(TaskId task, CancellationToken cancellationToken)
    {
        var kept = _state.Value.Entries.Where(entry => entry.Task != task && entry.ExpiresAt > Now).ToList();
        if (kept.Count > 0)
        {
            _state.Value = _state.Value with { Entries = kept };
            await _state.WriteAsync(cancellationToken);
            return;
        }

        if (_state.Exists)
        {
            await _state.ClearAsync(cancellationToken);
        }

        activation.Deactivate();
    }

    private bool IsOwn(CallContext context) =>
        context.Tenant == _key.Tenant && context.Principal == _key.Principal;

    private static string CursorOf(TaskListEntry entry)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, entry.Number);
        return Base64Url.EncodeToString(number);
    }

    /// <summary>A cursor is good while its number was given out, though its entry may be gone meanwhile.</summary>
    private bool TryReadCursor(string? cursor, out long before)
    {
        before = long.MaxValue;
        if (cursor is null)
        {
            return true;
        }

        Span<byte> number = stackalloc byte[sizeof(long)];
        if (!Base64Url.TryDecodeFromChars(cursor, number, out var written) || written != sizeof(long))
        {
            return false;
        }

        before = BinaryPrimitives.ReadInt64BigEndian(number);
        return before > 0 && before <= _state.Value.LastNumber;
    }
}
