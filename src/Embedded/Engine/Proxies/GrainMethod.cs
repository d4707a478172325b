using System.Reflection;

namespace Smcp.Engine.Proxies;

/// <summary>What a method of a grain interface is to its proxy.</summary>
internal sealed class GrainMethod
{
    public GrainMethod(MethodInfo method)
    {
        Method = method;
        Parameters = method.GetParameters();
        (Kind, ResultType) = KindOf(method.ReturnType);
        if (Kind == GrainMethodKind.None || method.IsGenericMethodDefinition
            || Parameters.Any(parameter => parameter.ParameterType.IsByRef)
            || Parameters.SkipLast(1).Any(IsToken))
        {
            throw new InvalidOperationException(
                $"{method.DeclaringType}.{method.Name} is not a grain method: it must return a Task, a ValueTask or an "
                + "IAsyncEnumerable, and take values and, last, a CancellationToken.");
        }
    }

    public MethodInfo Method { get; }

    public ParameterInfo[] Parameters { get; }

    public GrainMethodKind Kind { get; }

    /// <summary>What the answer carries: the result, the stream's items, or nothing.</summary>
    public Type ResultType { get; }

    public bool Interleaves => Method.IsDefined(typeof(InterleavesAttribute));

    public string Name => $"{Method.DeclaringType!.Name}.{Method.Name}";

    public static bool IsToken(ParameterInfo parameter) => parameter.ParameterType == typeof(CancellationToken);

    private static (GrainMethodKind Kind, Type ResultType) KindOf(Type returned)
    {
        if (returned == typeof(Task))
        {
            return (GrainMethodKind.PlainTask, typeof(Calls.Nothing));
        }

        if (returned == typeof(ValueTask))
        {
            return (GrainMethodKind.PlainValueTask, typeof(Calls.Nothing));
        }

        var definition = returned.IsGenericType ? returned.GetGenericTypeDefinition() : null;
        var kind = definition switch
        {
            _ when definition == typeof(Task<>) => GrainMethodKind.Task,
            _ when definition == typeof(ValueTask<>) => GrainMethodKind.ValueTask,
            _ when definition == typeof(IAsyncEnumerable<>) => GrainMethodKind.Stream,
            _ => GrainMethodKind.None,
        };
        return (kind, kind == GrainMethodKind.None ? returned : returned.GetGenericArguments()[0]);
    }
}
