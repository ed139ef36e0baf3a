-- Turns the marked blocks of the cleaned pages into calls of pdf.typ's functions.

local notes = {}

local function raw(text) return pandoc.RawBlock('typst', text) end
local function quote(text)
  return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"') .. '"'
end
-- Pandoc takes "data-" off an attribute, unless HTML has one of that name.
local function get(element, name)
  return element.attributes[name] or element.attributes['data-' .. name] or ''
end
local function label(id) return id ~= '' and ' #label(' .. quote(id) .. ')' or '' end

-- Blocks between two pieces of Typst.
local function between(open, blocks, close)
  local all = pandoc.Blocks({ raw(open) })
  all:extend(blocks)
  all:insert(raw(close))
  return all
end

-- The child that is marked with `class`, as blocks, and the other children.
local function part(div, class)
  local found, rest = pandoc.Blocks({}), pandoc.Blocks({})
  for _, block in ipairs(div.content) do
    if block.t == 'Div' and block.classes:includes(class) then
      found:extend(block.content)
    else
      rest:insert(block)
    end
  end
  return found, rest
end

-- A call with two contents: what heads the block, if anything does, and the block.
local function headed(call, class, div)
  local head, rest = part(div, class)
  local all = #head > 0 and between(call .. '[', head, '][') or pandoc.Blocks({ raw(call .. '[][') })
  all:extend(rest)
  all:insert(raw(']'))
  return all
end

local function titled(call, div) return headed(call, 'title', div) end

local function numbered(call, div)
  local named = ', number: ' .. quote(get(div, 'number')) .. ', id: ' .. quote(div.identifier) .. ')'
  return headed('#' .. call .. named, 'caption', div)
end

local function picture(element)
  return 'picture(' .. quote(get(element, 'src')) .. ', alt: ' .. quote(get(element, 'alt'))
end

local function cells(div)
  local all = pandoc.Blocks({ raw('#cells(') })
  for _, block in ipairs(div.content) do
    all:extend(between('[', block.t == 'Div' and block.content or { block }, '],'))
  end
  all:insert(raw(')'))
  return all
end

-- A definition list as small paragraphs, as in a dictionary: names in bold, lists run in.
local begins = { ['Coded otherwise'] = true, Convenors = true, ['In doubt'] = true, Sources = true }
local function run_in(list)
  local all, paragraphs = pandoc.Inlines({}), pandoc.Blocks({ raw('#facts-of[') })
  local bullet = { pandoc.Space(), pandoc.Str('•'), pandoc.Space() }
  for _, item in ipairs(list.content) do
    local said = pandoc.Blocks({})
    for _, block in ipairs(item[2][1]) do
      if block.t == 'BulletList' then
        for _, point in ipairs(block.content) do said:extend(point) end
      else
        said:insert(block)
      end
    end
    if begins[pandoc.utils.stringify(item[1])] and #all > 0 then
      paragraphs:insert(pandoc.Para(all))
      all = pandoc.Inlines({})
    end
    all:extend({ pandoc.Strong(item[1]), pandoc.Space() })
    all:extend(pandoc.utils.blocks_to_inlines(said, bullet))
    all:insert(pandoc.Space())
  end
  paragraphs:extend({ pandoc.Para(all), raw(']') })
  return paragraphs
end

local function entries(div)
  return between('#entries[', div.content:walk({ DefinitionList = run_in }), ']')
end

-- A box by its tone; an answer's first sentences lead.
local function boxed(div)
  local tone = div.classes[2]
  for i, block in ipairs(div.content) do
    if tone == 'answer' and block.t == 'Para' then
      div.content[i] = pandoc.Div(between('#lead[', { block }, ']'))
      break
    end
  end
  return titled('#box-of(' .. quote(tone) .. ')', div)
end

local blocks = {
  fig = function(div) return numbered(picture(div), div) end,
  tab = function(div) return numbered('tabular(columns: ' .. get(div, 'columns') .. ', table: ' .. quote(get(div, 'key')), div) end,
  box = boxed,
  card = function(div) return titled('#card', div) end,
  row = cells,
  entries = entries,
  names = function(div) return titled('#names', div) end,
  ['web-source'] = function(div) return between('#web-source[', div.content, ']') end,
  reference = function(div) return between('#reference[', div.content, ']') end,
  ['table-note'] = function(div) return between('#table-note[', div.content, ']') end,
  note = function() return {} end,
}
-- Taken up by the block that holds them.
local held = { title = true, caption = true, column = true }

local function div(element)
  local class = element.classes[1]
  if held[class] then return nil end
  return blocks[class] and blocks[class](element) or element.content
end

local function math(element)
  local text = pandoc.utils.stringify(element)
  local display = text:match('^%s*\\%[(.*)\\%]%s*$')
  local tex = display or text:match('^%s*\\%((.*)\\%)%s*$') or text
  local kind = display and 'DisplayMath' or 'InlineMath'
  local typst = pandoc.write(pandoc.Pandoc({ pandoc.Plain({ pandoc.Math(kind, tex) }) }), 'typst')
  return pandoc.RawInline('typst', '#[#set math.equation(alt: ' .. quote(tex) .. ');' .. typst:gsub('%s+$', '') .. ']')
end

local function within(open, inlines)
  local all = pandoc.Inlines({ pandoc.RawInline('typst', open) })
  all:extend(inlines)
  all:insert(pandoc.RawInline('typst', ']'))
  return all
end

local function span(element)
  local classes = element.classes
  if classes:includes('math') then return math(element) end
  if classes:includes('anchor') then
    return pandoc.RawInline('typst', '#metadata(none)' .. label(element.identifier))
  end
  if classes:includes('chip') then return within('#chip(' .. quote(classes[2] or '') .. ')[', element.content) end
  if classes:includes('estimate') then return within('#estimate[', element.content) end
  if classes:includes('source') then return within('#source[', element.content) end
  if classes:includes('page-of') then
    return pandoc.RawInline('typst', '#page-of(' .. quote(get(element, 'to')) .. ')')
  end
  if classes:includes('whereabouts') then return within('#whereabouts[', element.content) end
  if classes:includes('note-call') then
    return pandoc.Note(notes[get(element, 'note')])
  end
  if classes:includes('fig') then
    return pandoc.RawInline('typst', '#inline-' .. picture(element) .. ')')
  end
  return element.content
end

-- No figure floats past its section. One before the first section is the chapter's, and may.
local opened = false
local function header(element)
  -- A new page before the heading and not in its rule, or links would lead to the page before.
  local opens = ''
  if get(element, 'kind') == 'Chapter' then
    opens = '#place.flush()\n#pagebreak(weak: true)\n'
    opened = false
  elseif get(element, 'kind') == 'Section' then
    opens = opened and '#place.flush()\n' or ''
    opened = true
  end
  local inlines = within(opens .. '#heading(level: ' .. element.level .. ', supplement: [' .. get(element, 'kind')
    .. '], bookmarked: true)[', element.content)
  inlines:insert(pandoc.RawInline('typst', label(element.identifier)))
  return pandoc.Para(inlines)
end

-- A paragraph that ends with a colon stays with what it announces.
local function lead_ins(list)
  local all = pandoc.Blocks({})
  for i, block in ipairs(list) do
    local leads = block.t == 'Para' and i < #list and pandoc.utils.stringify(block):match(':%s*$')
    if leads then all:extend(between('#block(sticky: true)[', { block }, ']')) else all:insert(block) end
  end
  return all
end

-- Typst makes other signs of some: of straight quotes, of two hyphens, of three dots, of a hyphen
-- before a digit. A word with any of them goes as a string, which it leaves alone.
local changed = { "'", '"', '\u{2018}', '\u{2019}', '%-%-', '%-%?', '%-%d', '%.%.%.', '//' }
local function word(element)
  for _, sign in ipairs(changed) do
    if element.text:find(sign) then return pandoc.RawInline('typst', '#' .. quote(element.text) .. ';') end
  end
end

function Pandoc(document)
  document:walk({ Div = function(element)
    if element.classes:includes('note') then notes[get(element, 'note')] = element.content end
  end })
  return document:walk({
    Div = div,
    Span = span,
    Header = header,
    Blocks = lead_ins,
    Table = function(element)
      element.classes:insert('typst:no-figure')
      return element
    end,
  }):walk({ Str = word })
end
