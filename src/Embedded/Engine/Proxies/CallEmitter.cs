using System.Reflection;
using System.Reflection.Emit;
using Smcp.Engine.Calls;
using Smcp.Engine.Responses;

namespace Smcp.Engine.Proxies;

/// <summary>
/// Emits the call class of one grain method: a field for each argument, and the overrides that call the method with
/// them. What it emits, in C#:
/// <code>
/// sealed class Call : ResultCall&lt;R&gt;
/// {
///     public A a0;
///     public override string Name => "IGrain.Method";
///     public override bool Interleaves => true;
///     protected override ValueTask&lt;R&gt; InvokeAsync(object grain) => ((IGrain)grain).Method(a0, GrainToken);
///     public override void CrossWire(IWireForm wire) => a0 = wire.Cross(a0);
/// }
/// </code>
/// </summary>
internal sealed class CallEmitter
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly GrainMethod _method;
    private readonly Type _base;
    private readonly TypeBuilder _type;

    public CallEmitter(ModuleBuilder module, GrainMethod method, string typeName)
    {
        _method = method;
        _base = (method.Kind == GrainMethodKind.Stream ? typeof(ResponseStream<>) : typeof(ResultCall<>))
            .MakeGenericType(method.ResultType);
        _type = module.DefineType(typeName, TypeAttributes.Public | TypeAttributes.Sealed, _base);
        Fields = [.. method.Parameters.Select(parameter => GrainMethod.IsToken(parameter)
            ? null
            : _type.DefineField($"a{parameter.Position}", parameter.ParameterType, FieldAttributes.Public))];
        Constructor = _type.DefineDefaultConstructor(MethodAttributes.Public);
    }

    /// <summary>The field of each argument; none for the token.</summary>
    public IReadOnlyList<FieldBuilder?> Fields { get; }

    public ConstructorBuilder Constructor { get; }

    public void Emit()
    {
        EmitName();
        EmitCrossWire();
        if (_method.Kind == GrainMethodKind.Stream)
        {
            EmitOpen();
        }
        else
        {
            EmitInterleaves();
            EmitInvoke();
        }

        _type.CreateType();
    }

    private void EmitName()
    {
        var il = Override("get_Name");
        il.Emit(OpCodes.Ldstr, _method.Name);
        il.Emit(OpCodes.Ret);
    }

    private void EmitInterleaves()
    {
        var il = Override("get_Interleaves");
        il.Emit(_method.Interleaves ? OpCodes.Ldc_I4_1 : OpCodes.Ldc_I4_0);
        il.Emit(OpCodes.Ret);
    }

    private void EmitInvoke()
    {
        var il = Override("InvokeAsync");
        var token = _base.GetProperty("GrainToken", Members)!.GetMethod!;
        EmitMethodCall(il, () =>
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Call, token);
        });
        switch (_method.Kind)
        {
            case GrainMethodKind.Task:
                il.Emit(OpCodes.Newobj, typeof(ValueTask<>).MakeGenericType(_method.ResultType)
                    .GetConstructor([_method.Method.ReturnType])!);
                break;
            case GrainMethodKind.PlainTask or GrainMethodKind.PlainValueTask:
                il.Emit(OpCodes.Call, typeof(Nothing).GetMethod(nameof(Nothing.OfAsync), [_method.Method.ReturnType])!);
                break;
        }

        il.Emit(OpCodes.Ret);
    }

    private void EmitOpen()
    {
        var il = Override("OpenAsync");
        EmitMethodCall(il, () => il.Emit(OpCodes.Ldarg_2));
        il.Emit(OpCodes.Ret);
    }

    private void EmitMethodCall(ILGenerator il, Action emitToken)
    {
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Castclass, _method.Method.DeclaringType!);
        foreach (var field in Fields)
        {
            if (field is null)
            {
                emitToken();
            }
            else
            {
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Ldfld, field);
            }
        }

        il.Emit(OpCodes.Callvirt, _method.Method);
    }

    private void EmitCrossWire()
    {
        var il = Override("CrossWire");
        var cross = typeof(IWireForm).GetMethod(nameof(IWireForm.Cross))!;
        foreach (var field in Fields.OfType<FieldBuilder>())
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, field);
            il.Emit(OpCodes.Callvirt, cross.MakeGenericMethod(field.FieldType));
            il.Emit(OpCodes.Stfld, field);
        }

        il.Emit(OpCodes.Ret);
    }

    private ILGenerator Override(string name)
    {
        var overridden = _base.GetMethod(name, Members)!;
        var method = _type.DefineMethod(
            name,
            (overridden.Attributes & ~(MethodAttributes.Abstract | MethodAttributes.NewSlot)) | MethodAttributes.Final,
            overridden.ReturnType,
            [.. overridden.GetParameters().Select(parameter => parameter.ParameterType)]);
        return method.GetILGenerator();
    }
}
