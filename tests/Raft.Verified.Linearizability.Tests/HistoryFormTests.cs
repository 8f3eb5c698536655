using Raft.Verified.Linearizability;
using Raft.Verified.Linearizability.Files;
using Xunit;

namespace Raft.Verified.Tests.Specifications.Linearizability;

/// <summary>Histories in the forms in which people have them, each with its verdict. No test says which form a file has.</summary>
public sealed class HistoryFormTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Histories", "Forms");

    private static readonly byte[] Marks = [.. "{}[]()#:\"\\;^_, \n\t/'0n"u8];

    [Theory]
    [InlineData("jepsen-register-map.edn", "register", true, 2, 0, 0)]
    [InlineData("jepsen-independent-tuple.edn", "register", false, 2, 0, 0)]
    [InlineData("jepsen-nemesis.edn", "register", true, 2, 1, 1)]
    [InlineData("jepsen-new.log", "register", true, 1, 0, 0)]
    [InlineData("jepsen-old-log-with-noise.log", "register", true, 1, 0, 2)]
    [InlineData("fail-write-fail-read-info-value.log", "register", true, 1, 1, 0)]
    [InlineData("initial-value-0.log", "register", false, 2, 0, 0)]
    [InlineData("kv-nested-error.txt", "kv", true, 2, 0, 0)]
    [InlineData("kv-integer-key.txt", "kv", true, 2, 0, 0)]
    [InlineData("json.json", "register", true, 1, 0, 0)]
    [InlineData("mutex.log", "mutex", false, 2, 0, 0)]
    [InlineData("maps-over-lines.edn", "register", false, 3, 0, 0)]
    [InlineData("records.edn", "register", true, 2, 0, 1)]
    [InlineData("values-of-all-kinds.edn", "register", true, 4, 0, 0)]
    [InlineData("vectors-as-values.edn", "register", true, 2, 0, 0)]
    [InlineData("independent-keys-swapped.edn", "register", false, 3, 0, 0)]
    [InlineData("lines.ndjson", "register", false, 3, 0, 0)]
    [InlineData("indented.json", "register", true, 2, 0, 1)]
    [InlineData("history.txt", "register", true, 4, 1, 1)]
    [InlineData("jepsen-with-threads.log", "register", true, 4, 0, 9)]
    [InlineData("mutex.edn", "mutex", true, 3, 1, 0)]
    [InlineData("multi-register-torn.edn", "multi-register", false, 2, 0, 0)]
    [InlineData("set.edn", "set", true, 4, 1, 0)]
    [InlineData("set-lost.edn", "set", false, 4, 1, 0)]
    [InlineData("queue.edn", "fifo-queue", true, 5, 1, 0)]
    [InlineData("queue-overtaken.edn", "fifo-queue", false, 4, 0, 0)]
    public void Without_options(string file, string model, bool linearizable, int operations, int unanswered, int passedOver)
    {
        RecordedHistory history = Read(file, new HistoryReading());
        LinearizabilityReport report = history.Check();
        Assert.Equal(
            (model, linearizable, operations, unanswered, passedOver),
            (history.Model, report.IsLinearizable, report.Operations, report.Unanswered, history.PassedOver));
    }

    [Fact]
    public void A_register_begins_with_the_given_value() =>
        Assert.True(Read("initial-value-0.log", new HistoryReading { Initial = " 0 ; comment" }).Check().IsLinearizable);

    [Theory]
    [InlineData("{:x 0, :y 0}", true)]
    [InlineData("{:x 0, :y 1}", false)]
    [InlineData(null, false)]
    public void Several_registers_begin_with_the_given_values(string? initial, bool expected) =>
        Assert.Equal(expected, Read("multi-register-txn.edn", new HistoryReading { Initial = initial }).Check().IsLinearizable);

    [Theory]
    [InlineData(NilRead.Value, false)]
    [InlineData(NilRead.Unknown, true)]
    public void A_read_of_nil_is_a_value_or_unknown(NilRead meaning, bool expected)
    {
        Assert.Equal(expected, Read("nil-read.edn", new HistoryReading { NilRead = meaning }).Check().IsLinearizable);
        Assert.Equal(expected, Read("multi-register-torn.edn", new HistoryReading { NilRead = meaning }).Check().IsLinearizable);
    }

    [Theory]
    [InlineData(FailedCompareAndSet.NoEffect, true)]
    [InlineData(FailedCompareAndSet.Mismatch, false)]
    public void A_compare_and_set_that_failed_did_not_take_place_or_did_not_match(FailedCompareAndSet meaning, bool expected) =>
        Assert.Equal(expected, Read("failed-cas.edn", new HistoryReading { FailedCompareAndSet = meaning }).Check().IsLinearizable);

    [Fact]
    public void An_account_counts_lines_where_every_entry_has_its_own_and_events_elsewhere()
    {
        Assert.Contains("lines 3 to 4, client 1: read -> 2", Read("jepsen-independent-tuple.edn", new HistoryReading()).Check().Account);
        Assert.Contains("events 3 to 5, client 1: read -> 3", Read("maps-over-lines.edn", new HistoryReading()).Check().Account);
    }

    [Theory]
    [InlineData("cas-register", "register")]
    [InlineData("queue", "fifo-queue")]
    public void Models_have_the_names_of_knossos_too(string name, string model)
    {
        string file = model == "register" ? "jepsen-register-map.edn" : "queue.edn";
        Assert.Equal(model, Read(file, new HistoryReading { Model = name }).Model);
    }

    [Fact]
    public void A_damaged_file_is_read_or_refused_with_a_line_that_names_it()
    {
        Random random = new(1);
        int refused = 0;
        string[] files = [.. Directory.GetFiles(Folder).Order(StringComparer.Ordinal)];
        for (int i = 0; i < 4000; i++)
        {
            byte[] bytes = Damaged(File.ReadAllBytes(files[i % files.Length]), random);
            try
            {
                RecordedHistory.Read("the file", new MemoryStream(bytes), new HistoryReading());
            }
            catch (HistoryFormatException exception)
            {
                refused++;
                Assert.Matches("^the file(, line [1-9][0-9]*)?: .*(expected|invalid JSON)", exception.Message);
            }
        }

        Assert.InRange(refused, 1000, 3900);
    }

    private static byte[] Damaged(byte[] bytes, Random random)
    {
        List<byte> damaged = [.. bytes];
        int at = random.Next(damaged.Count);
        switch (random.Next(5))
        {
            case 0:
                damaged.RemoveRange(at, damaged.Count - at);
                break;
            case 1:
                damaged.RemoveRange(at, random.Next(damaged.Count - at));
                break;
            case 2:
                damaged[at] = (byte)random.Next(256);
                break;
            case 3:
                damaged.Insert(at, Marks[random.Next(Marks.Length)]);
                break;
            default:
                damaged.InsertRange(at, damaged.GetRange(random.Next(damaged.Count), 1));
                damaged.InsertRange(at, damaged.GetRange(at, random.Next(damaged.Count - at)));
                break;
        }

        return [.. damaged];
    }

    private static RecordedHistory Read(string file, HistoryReading reading)
    {
        using FileStream bytes = File.OpenRead(Path.Combine(Folder, file));
        return RecordedHistory.Read(file, bytes, reading);
    }
}
