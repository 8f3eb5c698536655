using System.Text;
using System.Text.Json;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Protocol;
using Raft.Verified.Specifications.Evidence;
using Raft.Verified.Testing.Log;

namespace Raft.Verified.Testing.Page;

/// <summary>
/// A recorded run as JSON, for the page and for other tools. The page contains it in
/// <c>&lt;script type="application/json" id="trace"&gt;</c>. Numbers that are 0 and fields that do not apply are omitted.
/// References to events and messages are indexes, from 0.
/// <code>
/// { "format": 1, "servers": N,
///   "schedule": { scenario, strategy, clock, seed, iteration, property, message, decisions, thenFairly: decisions of the fair scheduler (absent: none),
///                 mutant, mutantTitle: the seeded bug (absent: none), replay: the command that replays it (absent: unknown) },
///   "verdict": { status: reproduced|clean|different|diverged, difference, property, message, statement, source,
///                event: the event that violates the property (-1: none), evidence: [{ event, says }] },
///   "leftOut": number of events before those that are listed (absent: none),
///   "topics": { KIND: topic },                      the topics of 'raft replay', for the filters of the page
///   "messages": [{ kind, from, to, term, label, text, says: the text without notation,
///                  sent, lost, duplicated: events (absent: never), arrivals: [{ event, late: term|order|both }],
///                  and content: granted, prev, prevTerm, count, commit, success, match, requestTerm, last, installed }],
///   "events": [{ n: decision, t: virtual time in ms, kind: a RaftEventKind or Timer, s: server (absent: none); of RaftEvent, 0 left out:
///                term, index, otherTerm, otherIndex, peer, role; m: message; label, text;
///                snapshotTerm; disk: { snapshot: [index, term], entries: [[index, term]] } of Started; cut: [[from, to]] when the links change }] }
/// </code>
/// </summary>
internal static class TraceJson
{
    /// <summary>The version of the format. Additions do not change it.</summary>
    public const int FormatVersion = 1;

    /// <summary>Returns a recorded run as JSON that is safe inside of a script element.</summary>
    /// <param name="trace">The recorded run.</param>
    // The writer escapes <, >, & and all characters outside of ASCII, so the text cannot end the script element.
    public static string Of(Trace trace)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("format", FormatVersion);
            json.WriteNumber("servers", trace.Servers);
            WriteSchedule(json, trace);
            WriteVerdict(json, trace);
            if (trace.LeftOut > 0)
            {
                json.WriteNumber("leftOut", trace.LeftOut);
            }

            WriteTopics(json);
            WriteMessages(json, trace);
            json.WriteStartArray("events");
            foreach (TracedEvent traced in trace.Events)
            {
                WriteEvent(json, in traced);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    private static void WriteSchedule(Utf8JsonWriter json, Trace trace)
    {
        Schedule schedule = trace.Schedule;
        ScheduleHeader header = schedule.Header;
        json.WriteStartObject("schedule");
        json.WriteString("scenario", header.Scenario);
        json.WriteString("strategy", header.Strategy);
        json.WriteString("clock", header.Timed ? "timed" : "untimed");
        json.WriteString("seed", $"{header.Seed}");
        json.WriteNumber("iteration", header.Iteration);
        json.WriteString("property", header.Property);
        json.WriteString("message", header.Message);
        json.WriteNumber("decisions", schedule.Decisions.Count);
        if (schedule.Tail is { } tail)
        {
            json.WriteNumber("thenFairly", tail.Decisions);
        }

        WriteText(json, "mutant", header.Mutant);
        WriteText(json, "mutantTitle", trace.MutantTitle);
        WriteText(json, "replay", trace.ReplayCommand);
        json.WriteEndObject();
    }

    private static void WriteVerdict(Utf8JsonWriter json, Trace trace)
    {
        json.WriteStartObject("verdict");
        json.WriteString("status", trace.Status.ToString().ToLowerInvariant());
        json.WriteString("difference", trace.Difference);
        json.WriteString("property", trace.Property);
        json.WriteString("message", trace.Message);
        json.WriteString("statement", trace.Text.Statement);
        json.WriteString("source", trace.Text.Source);
        json.WriteNumber("event", trace.Violating);
        json.WriteStartArray("evidence");
        foreach (EvidencePoint point in trace.Evidence)
        {
            json.WriteStartObject();
            json.WriteNumber("event", point.Event);
            json.WriteString("says", point.Says);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTopics(Utf8JsonWriter json)
    {
        json.WriteStartObject("topics");
        foreach (RaftEventKind kind in Enum.GetValues<RaftEventKind>())
        {
            json.WriteString(kind.ToString(), LogTopics.Of(kind).ToString().ToLowerInvariant());
        }

        json.WriteString("Timer", nameof(LogTopic.Timer).ToLowerInvariant());
        json.WriteEndObject();
    }

    private static void WriteMessages(Utf8JsonWriter json, Trace trace)
    {
        json.WriteStartArray("messages");
        foreach (TracedMessage traced in trace.Messages)
        {
            Message message = traced.Message;
            json.WriteStartObject();
            json.WriteString("kind", message.GetType().Name);
            json.WriteNumber("from", message.From.Value);
            json.WriteNumber("to", message.To.Value);
            json.WriteNumber("term", message.Term.Value);
            json.WriteString("label", EventSentence.Short(message));
            json.WriteString("text", message.ToString());
            json.WriteString("says", MessageSentence.Of(message));
            WritePlace(json, "sent", traced.Sent);
            WritePlace(json, "lost", traced.Lost);
            WritePlace(json, "duplicated", traced.Duplicated);
            WriteArrivals(json, traced.Arrivals);
            WriteContent(json, message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteArrivals(Utf8JsonWriter json, List<Arrival> arrivals)
    {
        json.WriteStartArray("arrivals");
        foreach (Arrival arrival in arrivals)
        {
            json.WriteStartObject();
            json.WriteNumber("event", arrival.Event);
            if (arrival.Lateness != Lateness.None)
            {
                json.WriteString("late", arrival.Lateness switch { Lateness.OlderTerm => "term", Lateness.Overtaken => "order", _ => "both" });
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteContent(Utf8JsonWriter json, Message message)
    {
        switch (message)
        {
            case RequestVoteReply m:
                json.WriteBoolean("granted", m.VoteGranted);
                json.WriteNumber("requestTerm", m.RequestTerm.Value);
                break;
            case AppendEntries m:
                json.WriteNumber("prev", m.PrevLogIndex.Value);
                json.WriteNumber("prevTerm", m.PrevLogTerm.Value);
                json.WriteNumber("count", m.Entries.Length);
                json.WriteNumber("commit", m.LeaderCommit.Value);
                break;
            case AppendEntriesReply m:
                json.WriteBoolean("success", m.Success);
                json.WriteNumber("prev", m.PrevLogIndex.Value);
                json.WriteNumber("match", m.MatchIndex.Value);
                json.WriteNumber("requestTerm", m.RequestTerm.Value);
                break;
            case InstallSnapshot m:
                json.WriteNumber("last", m.LastIncludedIndex.Value);
                break;
            case InstallSnapshotReply m:
                json.WriteBoolean("installed", m.Installed);
                json.WriteNumber("last", m.LastIncludedIndex.Value);
                json.WriteNumber("requestTerm", m.RequestTerm.Value);
                break;
            default:
                break;
        }
    }

    private static void WriteEvent(Utf8JsonWriter json, in TracedEvent traced)
    {
        RaftEvent e = traced.Event;
        (string label, string text) = EventSentence.Of(in traced);
        json.WriteStartObject();
        json.WriteNumber("n", traced.Decision);
        json.WriteNumber("t", Math.Round(traced.Time.TotalMilliseconds, 3));
        json.WriteString("kind", traced.Timer is null ? e.Kind.ToString() : "Timer");
        WriteNumber(json, "s", e.Server.Value);
        WriteNumber(json, "term", e.Term.Value);
        WriteNumber(json, "index", e.Index.Value);
        WriteNumber(json, "otherTerm", e.OtherTerm.Value);
        WriteNumber(json, "otherIndex", e.OtherIndex.Value);
        WriteNumber(json, "peer", e.Peer.Value);
        if (traced.Timer is null && e.Kind == RaftEventKind.RoleChanged)
        {
            json.WriteString("role", e.Role.ToString().ToLowerInvariant());
        }

        WritePlace(json, "m", traced.Message);
        json.WriteString("label", label);
        json.WriteString("text", text);
        switch (e.Subject)
        {
            case Snapshot snapshot:
                json.WriteNumber("snapshotTerm", snapshot.LastIncludedTerm.Value);
                break;
            case DurableState durable:
                WriteDisk(json, durable);
                break;
            default:
                break;
        }

        if (traced.Cuts is { } cuts)
        {
            WritePairs(json, "cut", cuts.Select(link => ((long)link.From.Value, (long)link.To.Value)));
        }

        json.WriteEndObject();
    }

    private static void WriteDisk(Utf8JsonWriter json, DurableState durable)
    {
        json.WriteStartObject("disk");
        json.WriteStartArray("snapshot");
        json.WriteNumberValue(durable.Snapshot?.LastIncludedIndex.Value ?? 0);
        json.WriteNumberValue(durable.Snapshot?.LastIncludedTerm.Value ?? 0);
        json.WriteEndArray();
        WritePairs(json, "entries", durable.Entries.Select(entry => (entry.Index.Value, entry.Term.Value)));
        json.WriteEndObject();
    }

    private static void WritePairs(Utf8JsonWriter json, string name, IEnumerable<(long First, long Second)> pairs)
    {
        json.WriteStartArray(name);
        foreach ((long first, long second) in pairs)
        {
            json.WriteStartArray();
            json.WriteNumberValue(first);
            json.WriteNumberValue(second);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long value)
    {
        if (value != 0)
        {
            json.WriteNumber(name, value);
        }
    }

    private static void WritePlace(Utf8JsonWriter json, string name, int place)
    {
        if (place >= 0)
        {
            json.WriteNumber(name, place);
        }
    }
}
