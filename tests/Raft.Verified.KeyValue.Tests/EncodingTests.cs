using System.Text.RegularExpressions;
using Raft.Verified.KeyValue;
using Xunit;

namespace Raft.Verified.Tests.KeyValue;

/// <summary>The bytes of commands and replies.</summary>
public sealed class EncodingTests
{
    public static TheoryData<KeyValueCommand> Commands =>
    [
        KeyValueCommand.OpenSession(),
        KeyValueCommand.Put(1, 2, "key", "value"),
        KeyValueCommand.Put(long.MaxValue, long.MaxValue, "", ""),
        KeyValueCommand.PutVersion(3, 4, "ключ", "значение", 17),
        KeyValueCommand.Append(5, 6, "k\0", "\n"),
        KeyValueCommand.CompareAndSet(7, 8, "k", null, "v"),
        KeyValueCommand.CompareAndSet(7, 8, "k", "", "v"),
        KeyValueCommand.CompareAndSet(7, 8, "k", "expected", "v"),
    ];

    [Theory]
    [MemberData(nameof(Commands), DisableDiscoveryEnumeration = true)]
    public void A_command_comes_back_as_it_was(KeyValueCommand command)
    {
        Assert.True(KeyValueEncoding.TryDecode(KeyValueEncoding.Encode(command).Span, out KeyValueCommand? decoded));
        Assert.Equal(command, decoded);
    }

    [Fact]
    public void A_reply_comes_back_as_it_was()
    {
        KeyValueReply reply = new(KeyValueStatus.ValueMismatch, 42, "ä");

        Assert.Equal(reply, KeyValueEncoding.DecodeReply(KeyValueEncoding.Encode(reply).Span));
        Assert.Throws<InvalidDataException>(() => KeyValueEncoding.DecodeReply([1, 2, 3]));
    }

    [Fact]
    public void The_format_of_the_log_does_not_change_unnoticed() => Assert.Equal(
        "0105070000000000000008000000000000000100000" + "06B010000007601010000006F",
        Convert.ToHexString(KeyValueEncoding.Encode(KeyValueCommand.CompareAndSet(7, 8, "k", "o", "v")).Span));

    [Theory]
    [InlineData(@"\ud800", 0)]
    [InlineData(@"ab\udc00", 2)]
    [InlineData(@"\ud83d\ude00\ud83d", 2)]
    [InlineData(@"\ud800\ud800\udc00", 0)]
    public void Half_a_surrogate_pair_is_refused_and_not_replaced(string escaped, int position)
    {
        // Escaped, because an attribute cannot hold half a pair.
        string half = Regex.Unescape(escaped);
        Refused("key", () => KeyValueCommand.Put(1, 1, half, ""));
        Refused("value", () => KeyValueCommand.Put(1, 1, "", half));
        Refused("value", () => KeyValueCommand.Append(1, 1, "", half));
        Refused("key", () => KeyValueCommand.PutVersion(1, 1, half, "", 1));
        Refused("expected", () => KeyValueCommand.CompareAndSet(1, 1, "", half, ""));

        void Refused(string name, Func<KeyValueCommand> make)
        {
            string message = Assert.Throws<ArgumentException>(name, make).Message;
            Assert.Contains($"the {name} contains an unpaired surrogate", message, StringComparison.Ordinal);
            Assert.Contains($"at position {position};", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Whole_surrogate_pairs_are_text_like_any_other() =>
        Assert.Equal("\ud83d\ude00", KeyValueCommand.Put(1, 1, "\ud83d\ude00", "").Key);

    [Fact]
    public void A_command_without_session_or_number_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => KeyValueCommand.Put(0, 1, "k", "v"));
        Assert.Throws<ArgumentOutOfRangeException>(() => KeyValueCommand.Put(1, 0, "k", "v"));
        Assert.Throws<ArgumentOutOfRangeException>(() => KeyValueCommand.PutVersion(1, 1, "k", "v", -1));
    }
}
