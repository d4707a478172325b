using Microsoft.Extensions.Options;
using Smcp.Engine;

namespace Smcp.Tasks;

[GrainType("task-list")]
internal sealed class TaskListShell(ShellActivation activation, IOptions<TaskOptions> options)
    : TaskListGrain(activation, options), ITaskListShell, IGrainBase
{
    IGrainContext IGrainBase.GrainContext => activation.GrainContext;

    Task IGrainBase.OnActivateAsync(CancellationToken token) => activation.BeginAsync(this, token);

    Task IGrainBase.OnDeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        ShellActivation.EndAsync(this, reason, token);
}
