using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Smcp.Identity;
using Smcp.Security.Audit;
using Smcp.Wire;

namespace Smcp.Admin.Audit;

public sealed class AuditExportTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Actions =>
        [.. typeof(AuditActions).GetFields().Select(action => (string)action.GetRawConstantValue()!)];

    [Fact]
    public void JsonLine_HoldsTheHashedBytes()
    {
        var body = BodyOf(AuditActions.KeyCreated);
        var before = SHA256.HashData("before"u8);
        var hash = HashOf(before, 7, body);

        var line = Write(AuditJsonLines.Write, new AuditRecord { Sequence = 7, Hash = hash, Body = body });

        using var read = JsonDocument.Parse(line);
        var raw = Encoding.UTF8.GetBytes(read.RootElement.GetProperty("record").GetRawText());
        Assert.Equal(
            Convert.ToHexStringLower(HashOf(before, 7, raw)), read.RootElement.GetProperty("hash").GetString());
    }

    [Fact]
    public void JsonLine_IsOneLine_WhateverStandsInTheStore()
    {
        var body = Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(BodyOf(AuditActions.KeyCreated)).Replace(",", ",\n", StringComparison.Ordinal));

        var line = Write(AuditJsonLines.Write, new AuditRecord { Sequence = 1, Hash = new byte[32], Body = body });

        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public void Ocsf_HasWhatItsClassRequires_ForEachAction(string action)
    {
        Assert.True(OcsfMap.Knows(action), $"{action} is not in the map");
        foreach (var body in new[] { BodyOf(action), BodyOf(action, isBare: true) })
        {
            var line = Write(OcsfLines.Write, new AuditRecord { Sequence = 3, Hash = new byte[32], Body = body });
            var read = JsonNode.Parse(line)!;

            var ocsf = (int)read["class_uid"]!;
            Assert.Equal(ocsf / 1000, (int)read["category_uid"]!);
            Assert.Equal((ocsf * 100) + (int)read["activity_id"]!, (int)read["type_uid"]!);
            Assert.Equal("1.8.0", (string?)read["metadata"]!["version"]);
            Assert.NotNull(read["metadata"]!["product"]!["name"]);
            Assert.Equal(Noon.ToUnixTimeMilliseconds(), (long)read["time"]!);
            Assert.NotNull(read["severity_id"]);
            Assert.NotNull(read["actor"]!["user"]);
            var required = ocsf switch
            {
                3002 => new[] { "user", "service" },
                3004 => ["entity"],
                _ => ["api", "src_endpoint"],
            };
            Assert.All(required, property => Assert.NotEmpty(read[property]!.AsObject()));
        }
    }

    [Fact]
    public void Ocsf_SaysWhatCameOfIt()
    {
        Assert.Equal(1, Status(AuditOutcome.Success));
        Assert.Equal(2, Status(AuditOutcome.Failure));
        Assert.Equal(2, Status(AuditOutcome.Denied));
        Assert.Equal(99, Status(AuditOutcome.Started));

        static int Status(AuditOutcome outcome) => (int)JsonNode.Parse(Write(OcsfLines.Write, new AuditRecord
        {
            Sequence = 1,
            Hash = new byte[32],
            Body = BodyOf(AuditActions.KeyCreated, outcome: outcome),
        }))!["status_id"]!;
    }

    private static byte[] BodyOf(string action, bool isBare = false, AuditOutcome outcome = default) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new AuditEntry
            {
                RecordedAt = Noon,
                Event = new AuditEvent
                {
                    Time = Noon,
                    Tenant = TenantId.Parse("acme"),
                    Action = action,
                    Outcome = outcome,
                    Principal = isBare ? null : "alice",
                    Target = isBare ? null : "a\u2028 \"b\"",
                    Address = isBare ? null : "192.0.2.1",
                    Count = isBare ? 0 : 5,
                },
            },
            WireJson.Options);

    private static byte[] HashOf(byte[] before, long sequence, byte[] body)
    {
        var number = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, sequence);
        return SHA256.HashData([.. "smcp-audit-1"u8, .. before, .. number, .. body]);
    }

    private static string Write(Action<IBufferWriter<byte>, AuditRecord> write, AuditRecord record)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output, record);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
