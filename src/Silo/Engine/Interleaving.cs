using System.Collections.Frozen;
using System.Reflection;
using Orleans.Serialization.Invocation;

namespace Smcp.Engine;

/// <summary>
/// Answers Orleans' question whether a request may interleave, by our own attribute. The request's method is that of
/// the plain interface; timers and reminders bring methods of Orleans, which are not among these.
/// </summary>
internal static class Interleaving<TGrain>
    where TGrain : class
{
    private static readonly FrozenSet<MethodInfo> Declared = typeof(TGrain).GetMethods()
        .Where(method => method.IsDefined(typeof(InterleavesAttribute)))
        .ToFrozenSet();

    public static bool Allows(IInvokable request) => Declared.Contains(request.GetMethod());
}
