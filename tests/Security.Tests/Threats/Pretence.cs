using System.Reflection;
using System.Runtime.ExceptionServices;
using Smcp.Identity;

namespace Smcp.Threats;

/// <summary>Stands before a grain and changes who it is told is calling; all else goes through.</summary>
public class Pretence : DispatchProxy
{
    private object _grain = null!;
    private Func<CallContext, CallContext> _pretend = null!;
    private Func<MethodInfo, object?, object?> _answer = null!;

    /// <summary>Before which grain, what is made of callers, and what of answers.</summary>
    public void Set(
        object grain, Func<CallContext, CallContext> pretend, Func<MethodInfo, object?, object?> answer) =>
        (_grain, _pretend, _answer) = (grain, pretend, answer);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var told = args?.Select(argument => argument is CallContext context ? _pretend(context) : argument).ToArray();
        try
        {
            return _answer(targetMethod!, targetMethod!.Invoke(_grain, told));
        }
        catch (TargetInvocationException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }
}
