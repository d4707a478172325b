using System.Collections;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Smcp.Conventions.Wire;

/// <summary>
/// Makes one value of a type with every member set to something that is not its default, always the same.
/// </summary>
internal static class WireSample
{
    private const int NestingMax = 9;

    private static readonly DateTimeOffset Instant = new(2026, 7, 28, 12, 34, 56, 789, TimeSpan.Zero);

    /// <summary>A value that is added changes no form but the enum's own.</summary>
    private static readonly FrozenDictionary<string, string> Grown = new Dictionary<string, string>
    {
        ["FaultReason"] = "Conflict",
        ["InstanceScope"] = "Session",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] Ids =
    [
        "sample", "default/everything", "default/everything/sample", "1-2", "0123456789abcdef0123456789abcdef",
        "0123456789abcdef012345", "mcp.tool:notes/add",
    ];

    public static object? Of(Type type, int nesting = 0) =>
        Nullable.GetUnderlyingType(type) is { } inner ? Of(inner, nesting)
        : type.IsEnum ? ValueOf(type)
        : Plain(type) ?? Parsed(type) ?? Items(type, nesting)
            ?? (nesting < NestingMax ? Composed(type, nesting) : null);

    /// <summary>The last value; of an enum that grew, the one that was last when forms were recorded with it.</summary>
    private static object? ValueOf(Type type) => Grown.TryGetValue(type.Name, out var name)
        ? Enum.Parse(type, name)
        : Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1);

    private static object? Plain(Type type) => type switch
    {
        _ when type == typeof(string) => "text",
        _ when type == typeof(bool) => true,
        _ when type == typeof(int) => 42,
        _ when type == typeof(long) => 1L << 40,
        _ when type == typeof(ulong) => 1UL << 40,
        _ when type == typeof(double) => 0.5,
        _ when type == typeof(DateTimeOffset) => Instant,
        _ when type == typeof(TimeSpan) => TimeSpan.FromSeconds(90),
        _ when type == typeof(Guid) => new Guid("01234567-89ab-cdef-0123-456789abcdef"),
        _ when type == typeof(byte[]) => "{\"a\":1}"u8.ToArray(),
        _ when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>("{\"a\":1}"u8.ToArray()),
        _ when type == typeof(JsonElement) => JsonSerializer.SerializeToElement(new { a = 1 }),
        _ => null,
    };

    /// <summary>An id: the first text that its type takes.</summary>
    private static object? Parsed(Type type)
    {
        if (!type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IParsable<>)))
        {
            return null;
        }

        var parse = type.GetMethod("TryParse", [typeof(string), typeof(IFormatProvider), type.MakeByRefType()])
            ?? throw new InvalidOperationException($"{type.Name} has no TryParse.");
        foreach (var text in Ids)
        {
            object?[] arguments = [text, null, null];
            if (parse.Invoke(null, arguments) is true)
            {
                return arguments[2];
            }
        }

        throw new InvalidOperationException($"No sample text is a {type.Name}; add one.");
    }

    private static object? Items(Type type, int nesting)
    {
        if (type.IsArray)
        {
            var array = Array.CreateInstance(type.GetElementType()!, 1);
            array.SetValue(Of(type.GetElementType()!, nesting + 1), 0);
            return array;
        }

        var shape = new[] { type }.Concat(type.GetInterfaces()).Where(i => i.IsGenericType).ToList();
        var map = shape.FirstOrDefault(i => i.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>));
        if (map is not null)
        {
            return Map(type, map.GetGenericArguments(), nesting);
        }

        var list = shape.FirstOrDefault(i => i.GetGenericTypeDefinition() == typeof(IEnumerable<>));
        return list is null || type == typeof(string) ? null : List(type, list.GetGenericArguments()[0], nesting);
    }

    private static object Map(Type type, Type[] of, int nesting)
    {
        var built = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(of))!;
        built.Add(Of(of[0], nesting + 1)!, Of(of[1], nesting + 1));
        return type.IsInstanceOfType(built) ? built : FromRange(type, typeof(ImmutableDictionary), built, of);
    }

    private static object List(Type type, Type of, int nesting)
    {
        var items = Array.CreateInstance(of, 1);
        items.SetValue(Of(of, nesting + 1), 0);
        if (type.IsInstanceOfType(items))
        {
            return items;
        }

        foreach (var known in new[] { typeof(List<>), typeof(HashSet<>) })
        {
            var built = Activator.CreateInstance(known.MakeGenericType(of), items)!;
            if (type.IsInstanceOfType(built))
            {
                return built;
            }
        }

        var factory = typeof(ImmutableArray).Assembly.GetType($"{type.Namespace}.{type.Name.Split('`')[0]}")
            ?? throw new InvalidOperationException($"No sample list is a {type}; add one.");
        return FromRange(type, factory, items, [of]);
    }

    private static object FromRange(Type type, Type factory, object items, Type[] of) =>
        factory.GetMethods().Where(m => m.Name == "CreateRange" && m.GetParameters().Length == 1)
            .Select(m => m.MakeGenericMethod(of))
            .First(m => m.ReturnType == type && m.GetParameters()[0].ParameterType.IsInstanceOfType(items))
            .Invoke(null, [items])!;

    private static object? Composed(Type type, int nesting)
    {
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).FirstOrDefault();
        if (type.IsAbstract || constructor is null && !type.IsValueType)
        {
            throw new InvalidOperationException($"{type.Name} cannot be made by a public constructor.");
        }

        var parameters = constructor?.GetParameters() ?? [];
        var value = constructor?.Invoke([.. parameters.Select(p => Of(p.ParameterType, nesting + 1))])
            ?? Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is { IsPublic: true } && !parameters.Any(p => p.Name == property.Name))
            {
                property.SetValue(value, Of(property.PropertyType, nesting + 1));
            }
        }

        return value;
    }
}
