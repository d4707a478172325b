using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Smcp.Conventions.Wire;
using Smcp.Identity;
using Smcp.Mcp;
using Smcp.Protocol;
using Smcp.Servers;
using Smcp.Sessions;
using Smcp.Tasks;

namespace Smcp.Wire;

/// <summary>Every message of the grains crosses Orleans: whole between silos, as the same object within one.</summary>
public sealed class WireTypesTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    private static readonly byte[] Bytes = "{\"é\":[1,null]}"u8.ToArray();

    private static readonly McpCall Call =
        new() { Method = "tools/call", Id = JsonRpcId.FromText("a\"b"), Params = Bytes };

    private static readonly McpFault Fault =
        new(FaultReason.LimitExceeded, "Too many.") { Data = Bytes, RetryAfter = TimeSpan.FromSeconds(3) };

    private static readonly SessionKey Session =
        new(TenantId.Parse("acme"), ServerId.Parse("echo"), SessionId.Parse("s_1"));

    private static readonly ServerDefinition Definition = new()
    {
        Id = ServerId.Parse("echo"),
        Runtime = RuntimeKind.CSharp,
        Scope = InstanceScope.Session,
        Source = "echo",
        Description = "Echoes.",
    };

    private static readonly StreamTicket Ticket = new(CallId.Parse("c-1"), 7);

    private static readonly SessionEvent Event = new(4, Bytes);

    private static readonly McpTask Task = new()
    {
        Id = TaskId.Parse("t-1"),
        Status = McpTaskStatus.InputRequired,
        StatusMessage = "Waits.",
        CreatedAt = DateTimeOffset.UnixEpoch,
        LastUpdatedAt = DateTimeOffset.UnixEpoch.AddHours(1),
        Lifetime = TimeSpan.FromHours(2),
        PollInterval = TimeSpan.FromSeconds(5),
        InputRequests = Bytes,
        Result = Bytes,
        Error = Bytes,
    };

    public static TheoryData<string> Names => [.. Samples.Select(sample => sample.GetType().Name)];

    /// <summary>Those that say something, and of every other message one with each member set.</summary>
    private static IReadOnlyList<object> Samples { get; } =
    [
        .. Chosen(),
        .. Messages().Except(Chosen().Select(sample => sample.GetType())).Select(type => WireSample.Of(type)!),
    ];

    private static object[] Chosen() =>
    [
        Call,
        Fault,
        Session,
        Definition,
        Ticket,
        Event,
        new BatchOutcome { Answers = [McpReply.Result(Bytes), McpReply.Error(Bytes)], Stream = Ticket, Fault = Fault },
        new Bell("c", 2, 3),
        new CallContext
        {
            Tenant = Session.Tenant,
            Principal = PrincipalId.Parse("kim"),
            Scopes = ["a", "b"],
            Revision = "2025-11-25",
            CorrelationId = "r-1",
            TraceParent = "00-1",
            TraceState = "x=y",
        },
        new InstanceCall { Id = Ticket.Call, Call = Call, Session = Session.ToString() },
        new InstancePeer
        {
            Session = Session.ToString(), Initialize = Call, LogLevel = "info", Subscriptions = ["u:1", "u:2"],
        },
        new McpFrame { Kind = McpFrameKind.Question, Method = "m", QuestionId = "q", Body = Bytes },
        new McpOutcome { Answer = McpReply.Error(Bytes), Stream = Ticket, Fault = Fault },
        McpReply.Error(Bytes),
        new ServerLookup { Definition = Definition, Fault = Fault },
        new SessionInfo { Revision = "2025-06-18", Fault = Fault },
        new StreamOpening { StreamId = 1, AfterSequence = 2, Fault = Fault },
        new StreamPage { Events = [Event, Event], More = true, Ended = true, Close = true, Fault = Fault },
        new Sessions.StreamReader("g", "c"),
        Task,
        new TaskAnswer("k", McpReply.Result(Bytes)),
        new TaskLookup { Task = Task, Fault = Fault },
        new TaskReport { InputRequests = Bytes, Reply = McpReply.Error(Bytes) },
        new TaskSeed
        {
            Instance = "acme/echo/shared",
            Run = Ticket.Call,
            Lifetime = Task.Lifetime,
            PollInterval = Task.PollInterval,
        },
        Ticket.Call,
        Session.Tenant,
        Session.Server,
        Session.Session,
        PrincipalId.Parse("kim"),
        JsonRpcId.FromNumber(12),
    ];

    [Fact]
    public void Samples_HoldEveryMessage()
    {
        var missing = Messages().Except(Samples.Select(sample => sample.GetType()));

        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Message_IsWhole_WhenItCrossesToAnotherSilo(string name)
    {
        var sample = SampleOf(name);

        var bytes = silos.Silo(0).GetRequiredService<Serializer>().SerializeToArray(sample);
        var received = silos.Silo(1).GetRequiredService<Serializer>().Deserialize<object>(bytes);

        Assert.IsType(sample.GetType(), received);
        Assert.Equal(JsonOf(sample), JsonOf(received));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Message_IsTheSameObject_WhenItStaysInItsSilo(string name)
    {
        var sample = SampleOf(name);

        var received = silos.Silo(0).GetRequiredService<DeepCopier>().Copy(sample);

        if (sample.GetType().IsValueType)
        {
            Assert.Equal(sample, received);
        }
        else
        {
            Assert.Same(sample, received);
        }
    }

    private static IEnumerable<Type> Messages() =>
        typeof(WireAttribute).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(WireAttribute), inherit: false) && !type.IsEnum && !type.IsAbstract);

    private static object SampleOf(string name) => Samples.Single(sample => sample.GetType().Name == name);

    private static string JsonOf(object message) =>
        JsonSerializer.Serialize(message, message.GetType(), WireJson.Options);
}
