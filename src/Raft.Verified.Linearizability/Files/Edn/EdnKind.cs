namespace Raft.Verified.Linearizability.Files.Edn;

/// <summary>The kinds of EDN values. JSON values are read as the same kinds.</summary>
internal enum EdnKind
{
    /// <summary>The value <c>nil</c>, JSON's <c>null</c>.</summary>
    Nil,

    /// <summary>A whole number of any size.</summary>
    Integer,

    /// <summary>A string.</summary>
    Text,

    /// <summary>A keyword, such as <c>:ok</c>.</summary>
    Keyword,

    /// <summary>Any other atom: a boolean, a number with a fraction, a character, a symbol.</summary>
    Atom,

    /// <summary>A vector or a list, which Clojure treats as equal.</summary>
    Sequence,

    /// <summary>A set.</summary>
    Set,

    /// <summary>A map or a record.</summary>
    Map,

    /// <summary>A value with a tag, such as <c>#inst "2026-01-01"</c>.</summary>
    Tagged,
}
