using System.Buffers;
using System.Text.Json;
using Smcp.Security.Audit;

namespace Smcp.Admin.Audit;

/// <summary>Records as OCSF events (schema <see cref="OcsfMap.SchemaVersion"/>), one a line, for a SIEM.</summary>
internal static class OcsfLines
{
    private const string Nobody = "unknown";
    private const string Product = "Smcp";

    /// <summary>Writes one line.</summary>
    public static void Write(IBufferWriter<byte> output, AuditRecord record)
    {
        var entry = record.ReadEntry();
        var (ocsf, activity) = OcsfMap.Of(entry.Event.Action);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            WriteClassification(json, entry.Event, ocsf, activity);
            WriteOccurrence(json, entry.Event);
            WriteMetadata(json, record, entry);
            WriteSubject(json, entry.Event, ocsf);
            WriteUnmapped(json, record, entry.Event);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void WriteClassification(Utf8JsonWriter json, AuditEvent auditEvent, OcsfClass ocsf, int activity)
    {
        json.WriteNumber("category_uid", (int)ocsf / 1000);
        json.WriteNumber("class_uid", (int)ocsf);
        json.WriteNumber("activity_id", activity);
        json.WriteString("activity_name", auditEvent.Action);
        json.WriteNumber("type_uid", ((int)ocsf * 100) + activity);
        json.WriteNumber("severity_id", OcsfMap.SeverityOf(auditEvent));
        var (status, name) = auditEvent.Outcome switch
        {
            AuditOutcome.Success => (1, "Success"),
            AuditOutcome.Failure or AuditOutcome.Denied => (2, "Failure"),
            _ => (99, auditEvent.Outcome.ToString()),
        };
        json.WriteNumber("status_id", status);
        json.WriteString("status", name);
        WriteText(json, "status_detail", auditEvent.Reason);
    }

    private static void WriteOccurrence(Utf8JsonWriter json, AuditEvent auditEvent)
    {
        var time = auditEvent.Time.ToUnixTimeMilliseconds();
        json.WriteNumber("time", time);
        if (auditEvent.Count > 1)
        {
            json.WriteNumber("count", auditEvent.Count);
            json.WriteNumber("start_time", time);
            json.WriteNumber("end_time", auditEvent.LastTime?.ToUnixTimeMilliseconds() ?? time);
        }
    }

    private static void WriteMetadata(Utf8JsonWriter json, AuditRecord record, AuditEntry entry)
    {
        json.WriteStartObject("metadata");
        json.WriteString("version", OcsfMap.SchemaVersion);
        json.WriteStartObject("product");
        json.WriteString("name", Product);
        json.WriteString("vendor_name", Product);
        json.WriteEndObject();
        json.WriteString("uid", $"{entry.Event.Tenant}/{record.Sequence}");
        json.WriteNumber("sequence", record.Sequence);
        json.WriteString("tenant_uid", entry.Event.Tenant.ToString());
        json.WriteString("event_code", entry.Event.Action);
        json.WriteNumber("logged_time", entry.RecordedAt.ToUnixTimeMilliseconds());
        WriteText(json, "correlation_uid", entry.Event.CorrelationId);
        json.WriteEndObject();
    }

    /// <summary>What each class requires: who, what it was done to, and from where.</summary>
    private static void WriteSubject(Utf8JsonWriter json, AuditEvent auditEvent, OcsfClass ocsf)
    {
        json.WriteStartObject("actor");
        WriteUser(json, auditEvent);
        json.WriteEndObject();
        json.WriteStartObject("src_endpoint");
        json.WriteString(auditEvent.Address is null ? "name" : "ip", auditEvent.Address ?? Nobody);
        json.WriteEndObject();
        switch (ocsf)
        {
            case OcsfClass.Authentication:
                WriteUser(json, auditEvent);
                WriteNamed(json, "service", auditEvent.Target ?? Product);
                break;
            case OcsfClass.EntityManagement:
                WriteNamed(json, "entity", auditEvent.Target ?? auditEvent.Tenant.ToString());
                break;
            default:
                json.WriteStartObject("api");
                json.WriteString("operation", auditEvent.Action);
                json.WriteEndObject();
                WriteResources(json, auditEvent.Target);
                break;
        }
    }

    private static void WriteUser(Utf8JsonWriter json, AuditEvent auditEvent)
    {
        json.WriteStartObject("user");
        json.WriteString(auditEvent.Principal is null ? "name" : "uid", auditEvent.Principal ?? Nobody);
        WriteText(json, "credential_uid", auditEvent.Credential);
        json.WriteEndObject();
    }

    private static void WriteResources(Utf8JsonWriter json, string? target)
    {
        if (target is not null)
        {
            json.WriteStartArray("resources");
            json.WriteStartObject();
            json.WriteString("name", target);
            json.WriteEndObject();
            json.WriteEndArray();
        }
    }

    /// <summary>What the schema has no place for.</summary>
    private static void WriteUnmapped(Utf8JsonWriter json, AuditRecord record, AuditEvent auditEvent)
    {
        json.WriteStartObject("unmapped");
        json.WriteString("outcome", auditEvent.Outcome.ToString());
        json.WriteString("hash", Convert.ToHexStringLower(record.Hash.Span));
        WriteText(json, "session_digest", auditEvent.Session);
        json.WriteEndObject();
    }

    private static void WriteNamed(Utf8JsonWriter json, string property, string name)
    {
        json.WriteStartObject(property);
        json.WriteString("name", name);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string property, string? text)
    {
        if (text is not null)
        {
            json.WriteString(property, text);
        }
    }
}
