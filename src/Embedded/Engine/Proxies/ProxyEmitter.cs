using System.Reflection;
using System.Reflection.Emit;

namespace Smcp.Engine.Proxies;

/// <summary>
/// Emits the proxy class of a grain interface, once a process: no boxing, no argument arrays, no closures on the path
/// of a call. What it emits, in C#:
/// <code>
/// sealed class Proxy(GrainDirectory directory, string key, bool isInner)
///     : GrainReference(directory, key, isInner), IGrain
/// {
///     public ValueTask&lt;R&gt; Method(A a, CancellationToken token) =>
///         CallForValueTaskAsync(new Call { a0 = a }, token);
/// }
/// </code>
/// </summary>
internal static class ProxyEmitter
{
    private static readonly Type[] ConstructorTypes = [typeof(GrainDirectory), typeof(string), typeof(bool)];

    public static Func<GrainDirectory, string, bool, object> Emit(Type grain)
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(
            new AssemblyName($"Smcp.Proxies.{grain.FullName}"), AssemblyBuilderAccess.Run);
        AllowAccess(assembly, typeof(ProxyEmitter).Assembly, grain.Assembly);
        var module = assembly.DefineDynamicModule("Proxies");
        var proxy = module.DefineType(
            $"{grain.FullName}.Proxy", TypeAttributes.Public | TypeAttributes.Sealed, typeof(GrainReference), [grain]);
        var create = EmitCreate(proxy, EmitConstructor(proxy));
        var number = 0;
        foreach (var method in MethodsOf(grain))
        {
            EmitMethod(module, proxy, method, $"{grain.FullName}.{method.Method.Name}.{number++}");
        }

        return proxy.CreateType()
            .GetMethod(create.Name)!
            .CreateDelegate<Func<GrainDirectory, string, bool, object>>();
    }

    private static IEnumerable<GrainMethod> MethodsOf(Type grain) =>
        grain.GetInterfaces().Append(grain)
            .SelectMany(declaring => declaring.GetMethods())
            .Where(method => method.IsAbstract)
            .Select(method => new GrainMethod(method));

    /// <summary>
    /// Grain interfaces and the engine's classes may be internal; the runtime honours this attribute by its name.
    /// </summary>
    private static void AllowAccess(AssemblyBuilder assembly, params Assembly[] targets)
    {
        var constructor = typeof(System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute)
            .GetConstructor([typeof(string)])!;
        foreach (var target in targets.Distinct())
        {
            assembly.SetCustomAttribute(new CustomAttributeBuilder(constructor, [target.GetName().Name!]));
        }
    }

    private static ConstructorBuilder EmitConstructor(TypeBuilder proxy)
    {
        var constructor = proxy.DefineConstructor(
            MethodAttributes.Public, CallingConventions.HasThis, ConstructorTypes);
        var il = constructor.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Call, typeof(GrainReference).GetConstructor(
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, ConstructorTypes)!);
        il.Emit(OpCodes.Ret);
        return constructor;
    }

    private static MethodBuilder EmitCreate(TypeBuilder proxy, ConstructorBuilder constructor)
    {
        var create = proxy.DefineMethod(
            "Create", MethodAttributes.Public | MethodAttributes.Static, typeof(object), ConstructorTypes);
        var il = create.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Newobj, constructor);
        il.Emit(OpCodes.Ret);
        return create;
    }

    private static void EmitMethod(ModuleBuilder module, TypeBuilder proxy, GrainMethod grainMethod, string callName)
    {
        var call = new CallEmitter(module, grainMethod, callName);
        call.Emit();
        var parameters = grainMethod.Parameters;
        var method = proxy.DefineMethod(
            $"{grainMethod.Method.DeclaringType!.FullName}.{grainMethod.Method.Name}",
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.NewSlot
                | MethodAttributes.HideBySig,
            grainMethod.Method.ReturnType,
            [.. parameters.Select(parameter => parameter.ParameterType)]);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Newobj, call.Constructor);
        foreach (var parameter in parameters)
        {
            if (call.Fields[parameter.Position] is { } field)
            {
                il.Emit(OpCodes.Dup);
                il.Emit(OpCodes.Ldarg, (short)(parameter.Position + 1));
                il.Emit(OpCodes.Stfld, field);
            }
        }

        EmitToken(il, parameters);
        il.Emit(OpCodes.Call, Sender(grainMethod));
        il.Emit(OpCodes.Ret);
        proxy.DefineMethodOverride(method, grainMethod.Method);
    }

    private static void EmitToken(ILGenerator il, ParameterInfo[] parameters)
    {
        if (parameters.Length > 0 && GrainMethod.IsToken(parameters[^1]))
        {
            il.Emit(OpCodes.Ldarg, (short)parameters.Length);
        }
        else
        {
            il.Emit(OpCodes.Call, typeof(CancellationToken).GetProperty(nameof(CancellationToken.None))!.GetMethod!);
        }
    }

    private static MethodInfo Sender(GrainMethod method)
    {
        var name = method.Kind switch
        {
            GrainMethodKind.PlainTask => "CallForPlainTaskAsync",
            GrainMethodKind.PlainValueTask => "CallForPlainValueTaskAsync",
            GrainMethodKind.Task => "CallForTaskAsync",
            GrainMethodKind.ValueTask => "CallForValueTaskAsync",
            _ => "CallForStreamAsync",
        };
        var sender = typeof(GrainReference).GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
        return sender.IsGenericMethodDefinition ? sender.MakeGenericMethod(method.ResultType) : sender;
    }
}
