using SoftmaxGen.Reports.Markup;

namespace SoftmaxGen.Reports.Page;

/// <summary>A part of a page.</summary>
/// <param name="id">What links lead to.</param>
/// <param name="title">Its title.</param>
internal sealed class Section(string id, string title)
{
    private readonly List<Element> _cards = [];

    /// <summary>Gets what links lead to.</summary>
    public string Id => id;

    /// <summary>Gets the title.</summary>
    public string Title => title;

    /// <summary>Gets a value indicating whether there is nothing in it.</summary>
    public bool IsEmpty => _cards.Count == 0;

    /// <summary>Adds cards.</summary>
    public void Add(params IEnumerable<Element> cards) => _cards.AddRange(cards);

    /// <summary>Writes the part.</summary>
    public Element ToElement() => new Element("section").With("id", id).Add(
        new Element("h2").Text(title),
        new Element("div").With("class", "cards").Add(_cards));
}
